/** Laws that hold of `wattbandit` for whatever a job has been through. */
import fc from 'fast-check';
import { createWattbandit, wattbandit } from '../../policy/batchSize';
import { epochCostJoules, maxPowerWatts } from '../../policy/cost';
import type { Job, Objective, Observation, Outcome } from '../../policy/facts';
import type { Memory } from '../../policy/memory';
import type { Ask, Decision } from '../../policy/policy';
import { after, anyRandom, ask, harmless, measure, probesAround, profile, run, v100 } from './world';

const sizes = [32, 64, 128, 256, 512];
const small: Job = { id: 'law', batchSizes: sizes, defaultBatchSize: 128, maxEpochs: 100 };

const outcomes: Outcome[] = ['converged', 'converged', 'converged', 'diverged', 'tooDear', 'outOfMemory', 'preempted'];

const anyRun: fc.Arbitrary<Observation> = fc
  .record({
    batchSize: fc.constantFrom(...sizes),
    epochs: fc.integer({ min: 1, max: 100 }),
    outcome: fc.constantFrom(...outcomes),
    gpuModel: fc.constantFrom('V100', 'V100', 'A100'),
    probed: fc.boolean(),
  })
  .map(({ batchSize, epochs, outcome, gpuModel, probed }) => {
    const measurements = [...profile(batchSize), ...(probed ? probesAround(batchSize, sizes) : [])];
    const reachedEpochLimit = outcome !== 'converged' && epochs === 100;
    return run(batchSize, epochs, { outcome, gpuModel, reachedEpochLimit, measurements });
  });

const anyHistory = fc.array(anyRun, { maxLength: 25 });

const anyObjective: fc.Arbitrary<Objective> = fc.record(
  {
    eta: fc.double({ min: 0, max: 1, noNaN: true }),
    maxSlowdown: fc.double({ min: 1, max: 4, noNaN: true }),
    deadlineSeconds: fc.double({ min: 100, max: 20_000, noNaN: true }),
  },
  { requiredKeys: ['eta'] },
);

const anyAsk: fc.Arbitrary<Ask> = fc
  .record(
    {
      objective: anyObjective,
      attempt: fc.constantFrom(1, 1, 2),
      inFlight: fc.array(fc.constantFrom(...sizes), { maxLength: 3 }),
      exploration: fc.boolean(),
      remainingRecurrences: fc.integer({ min: 0, max: 100 }),
      pinnedBatchSize: fc.constantFrom(...sizes),
    },
    { requiredKeys: ['objective'] },
  )
  .map((more) => ask({ job: small, ...more }));

const decide = (memory: Memory, of: Ask) => wattbandit.decide(memory, of, anyRandom);

const noDrift = createWattbandit({ parameters: { driftAlarm: 1e9 } });

/** Runs near a curve, so that no tie or threshold is met by less than rounding. */
const convergedRun = fc
  .record({ batchSize: fc.constantFrom(...sizes), epochs: fc.integer({ min: 10, max: 40 }) })
  .map(({ batchSize, epochs }) => run(batchSize, epochs));

function expectSame(a: Decision, b: Decision, factor = 1, scale = 1): void {
  expect([b.batchSize, b.mode, b.incumbent]).toEqual([a.batchSize * factor, a.mode, times(a.incumbent, factor)]);
  expect(b.considered.map((row) => row.verdict)).toEqual(a.considered.map((row) => row.verdict));
  a.considered.forEach((row, i) => {
    expectClose(b.considered[i]!.predictedCostJoules, times(row.predictedCostJoules, scale));
    expectClose(b.considered[i]!.predictedEpochs, row.predictedEpochs);
  });
}

function times(value: number | null, factor: number): number | null {
  return value === null ? null : value * factor;
}

function expectClose(actual: number | null, expected: number | null): void {
  if (actual === null || expected === null) return expect(actual).toBe(expected);
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-8 * Math.abs(expected));
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}

describe('the laws of wattbandit', () => {
  it('the order of observations does not matter without drift', () => {
    const shuffled = fc
      .array(convergedRun, { minLength: 1, maxLength: 20 })
      .chain((runs) =>
        fc.tuple(fc.constant(runs), fc.shuffledSubarray(runs, { minLength: runs.length, maxLength: runs.length })),
      );
    fc.assert(
      fc.property(shuffled, anyAsk, ([runs, otherOrder], of) => {
        const one = noDrift.decide(after(noDrift, runs, small), of, anyRandom);
        const other = noDrift.decide(after(noDrift, otherOrder, small), of, anyRandom);
        expectSame(one, other);
      }),
    );
  });

  it('batch sizes are only labels: counted in another unit, the same ones are chosen', () => {
    fc.assert(
      fc.property(fc.array(convergedRun, { maxLength: 12 }), fc.constantFrom(2, 3, 10), (runs, factor) => {
        const renamed = (size: number) => size * factor;
        const renamedJob = { ...small, batchSizes: sizes.map(renamed), defaultBatchSize: renamed(128) };
        const renamedRuns = runs.map((of) => {
          const measurements = profile(renamed(of.batchSize), v100, 1, renamed(128));
          return { ...of, batchSize: renamed(of.batchSize), measurements };
        });
        const one = decide(after(wattbandit, runs, small), ask({ job: small }));
        const other = decide(after(wattbandit, renamedRuns, renamedJob), ask({ job: renamedJob }));
        expectSame(one, other, factor);
      }),
    );
  });

  it('a job k times as long on the same GPUs gets the same choices', () => {
    fc.assert(
      fc.property(
        fc.array(convergedRun, { maxLength: 12 }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (runs, k, eta) => {
          const longer = runs.map((of) => ({ ...of, measurements: profile(of.batchSize, v100, k) }));
          const of = ask({ job: small, objective: { eta } });
          expectSame(decide(after(wattbandit, runs, small), of), decide(after(wattbandit, longer, small), of), 1, k);
        },
      ),
    );
  });

  it('a size that takes a fifth more epochs, each dearer at every limit, is never the incumbent', () => {
    const scenario = fc.record({
      epochs: fc.array(fc.integer({ min: 20, max: 60 }), { minLength: 5, maxLength: 5 }),
      runs: fc.integer({ min: 3, max: 8 }),
      better: fc.nat({ max: 4 }),
      worse: fc.nat({ max: 4 }),
      eta: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(scenario, ({ epochs, runs, better, worse, eta }) => {
        fc.pre(better !== worse);
        const cheap = profile(sizes[better]!);
        const dear = cheap.map((at) => ({
          ...at,
          batchSize: sizes[worse]!,
          secondsPerEpoch: 1.01 * at.secondsPerEpoch,
        }));
        const history = sizes.flatMap((size, i) => {
          const of = i === worse ? Math.ceil(1.2 * epochs[better]!) : epochs[i]!;
          const measurements = i === worse ? dear : profile(size);
          return Array.from({ length: runs }, () => run(size, of, { measurements }));
        });
        const { incumbent } = decide(after(noDrift, history, small), ask({ job: small, objective: { eta } }));
        expect(incumbent).not.toBe(sizes[worse]);
      }),
      { numRuns: 300 },
    );
  });

  it('raising η never picks more energy while nothing is explored', () => {
    const energyAt = (memory: Memory, eta: number) => {
      const { batchSize, powerLimitWatts, considered } = decide(
        memory,
        ask({ job: small, exploration: false, objective: { eta } }),
      );
      const at = measure(batchSize, powerLimitWatts!);
      const { predictedCostJoules } = considered.find((row) => row.batchSize === batchSize)!;
      const epochs = predictedCostJoules! / epochCostJoules(at, eta, maxPowerWatts(v100));
      return epochs * at.secondsPerEpoch * at.averageWatts;
    };
    const eta = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(convergedRun, { minLength: 1, maxLength: 15 }), eta, eta, (runs, one, other) => {
        const memory = after(noDrift, [run(128, 20), ...runs], small);
        const [lower, higher] = [Math.min(one, other), Math.max(one, other)];
        expect(energyAt(memory, higher)).toBeLessThanOrEqual(energyAt(memory, lower) * (1 + 1e-6));
      }),
    );
  });

  it('runs lost to infrastructure, pre-emption or the operator change nothing', () => {
    fc.assert(
      fc.property(anyHistory, anyRun, fc.constantFrom(...harmless), (runs, lost, outcome) => {
        const memory = after(wattbandit, runs, small);
        expect(wattbandit.observe(memory, { ...lost, outcome, measurements: [] }, small)).toEqual(memory);
        const measured = wattbandit.observe(memory, { ...lost, outcome }, small);
        expect({ ...measured, gpus: null }).toEqual({ ...memory, gpus: null });
      }),
    );
  });

  it('memory and decisions survive JSON, and no decision changes by it', () => {
    fc.assert(
      fc.property(anyHistory, anyAsk, (runs, of) => {
        const memory = after(wattbandit, runs, small);
        const copy = JSON.parse(JSON.stringify(memory)) as Memory;
        const decision = decide(memory, of);
        expect(copy).toEqual(memory);
        expect(decide(copy, of)).toEqual(decision);
        expect(JSON.parse(JSON.stringify(decision))).toEqual(decision);
      }),
    );
  });

  it('a cost ceiling never stops a run that costs what was predicted', () => {
    fc.assert(
      fc.property(anyHistory, anyAsk, (runs, of) => {
        const { batchSize, costCeilingJoules, considered } = decide(after(wattbandit, runs, small), of);
        const predicted = considered.find((row) => row.batchSize === batchSize)?.predictedCostJoules ?? 0;
        expect(costCeilingJoules ?? Infinity).toBeGreaterThanOrEqual(predicted);
      }),
      { numRuns: 300 },
    );
  });

  it('neither decide nor observe changes what it is given', () => {
    fc.assert(
      fc.property(anyHistory, anyRun, anyAsk, (runs, next, of) => {
        const memory = frozen(after(wattbandit, runs, small));
        decide(memory, frozen(of));
        wattbandit.observe(memory, frozen(next), frozen(small));
      }),
    );
  });

  it('always answers with a size of the job, a whole sentence and finite numbers', () => {
    fc.assert(
      fc.property(anyHistory, anyAsk, (runs, of) => {
        const decision = decide(after(wattbandit, runs, small), of);
        expect(sizes).toContain(decision.batchSize);
        expect(decision.reason).toMatch(/^(Trying batch|Batch) size \d+: .+[^.]\.$/);
        expect(decision.reason).not.toMatch(/NaN|Infinity|undefined|null/);
        expect(JSON.stringify(decision)).not.toMatch(/NaN|Infinity/);
      }),
      { numRuns: 300 },
    );
  });
});
