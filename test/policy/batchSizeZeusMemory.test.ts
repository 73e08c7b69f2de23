import fc from 'fast-check';
import { worthKeeping } from '../../policy/batchSizeZeusMemory';
import { type ZeusTrial, believe } from '../../policy/batchSizeZeusReplay';

const batchSizes = [32, 64, 128];
const job = { id: 'job', batchSizes, defaultBatchSize: 64, maxEpochs: 100 };
const rules = { beta: 2, pruningRounds: 2, explorations: 2, window: 5 };

const trial = fc.record({
  batchSize: fc.constantFrom(...batchSizes),
  epochs: fc.constant(10),
  joules: fc.integer({ min: 1, max: 1000 }),
  seconds: fc.integer({ min: 1, max: 1000 }),
  reached: fc.boolean(),
  /** Whether it is another try of the recurrence before. */
  again: fc.boolean(),
});

/** A job that has found what converges, in the order in which things happen. */
const history = fc.array(trial, { minLength: 1, maxLength: 120, size: 'max' }).map((tries): readonly ZeusTrial[] => {
  let slot = 0;
  const before = batchSizes.flatMap((batchSize) =>
    [0, 1].map((n) => ({
      slot: `first-${batchSize}-${n}`,
      batchSize,
      epochs: 10,
      joules: 2000,
      seconds: 2000,
      reached: true,
    })),
  );
  return [...before, ...tries.map(({ again, ...of }) => ({ ...of, slot: String(again ? slot : ++slot) }))];
});

describe('worthKeeping', () => {
  it('changes no belief, whatever η, whether it is asked once or after each trial', () => {
    fc.assert(
      fc.property(history, fc.double({ min: 0, max: 1, noNaN: true }), (trials, eta) => {
        const pricing = { eta, maxPowerWatts: 3 };
        const belief = believe(job, trials, pricing, rules);
        expect(believe(job, worthKeeping(trials, rules), pricing, rules)).toEqual(belief);
        const step = trials.reduce<readonly ZeusTrial[]>((kept, each) => worthKeeping([...kept, each], rules), []);
        expect(believe(job, step, pricing, rules)).toEqual(belief);
      }),
    );
  });

  it('keeps the first of those that cost the same under an η that looks at one thing only', () => {
    const first = { slot: 'a', batchSize: 64, epochs: 10, joules: 2, seconds: 3, reached: true };
    const others = Array.from({ length: 20 }, (_, n) => ({ ...first, slot: `n${n}`, joules: 9, seconds: 9 }));
    const trials = [...others, first, ...others, { ...first, slot: 'b', batchSize: 32, joules: 1 }];
    const named = trials.map((each, n): ZeusTrial => ({ ...each, slot: `${each.slot}/${n}` }));
    const kept = worthKeeping([...named, ...named.slice(0, 20)], rules);
    for (const eta of [0, 1]) {
      const pricing = { eta, maxPowerWatts: 3 };
      expect(believe(job, kept, pricing, rules).bestKnown).toBe(believe(job, named, pricing, rules).bestKnown);
    }
  });

  it('keeps a job of any age small', () => {
    const trials = Array.from({ length: 5000 }, (_, n): ZeusTrial => {
      const [joules, seconds] = [1000 + ((n * 7919) % 997), 300 + ((n * 104_729) % 101)];
      return { slot: String(n), batchSize: batchSizes[n % 3]!, epochs: 10, joules, seconds, reached: true };
    });
    const kept = trials.reduce<readonly ZeusTrial[]>((before, each) => worthKeeping([...before, each], rules), []);
    expect(kept.length).toBeLessThan(3 * (rules.window + 8) + 2 * 40);
    expect(worthKeeping(trials, { ...rules, window: 0 })).toBe(trials);
  });
});
