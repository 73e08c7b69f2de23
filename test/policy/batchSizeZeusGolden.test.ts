import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Outcome } from '../../policy/facts';
import { createRandom, type Random } from '../../policy/random';
import { Play, jobOf, six } from './zeusPlay';

interface GoldenCase {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly default: number;
  readonly normals: readonly number[];
  readonly trace: readonly {
    readonly batch: number;
    readonly phase: string;
    readonly cost: number;
    readonly reached: boolean;
    readonly arms: Readonly<Record<string, readonly [number, number | string]>> | null;
  }[];
}

describe('golden vectors', () => {
  const file = join(__dirname, '../../data/bandit/golden_vectors.json');
  const cases: readonly GoldenCase[] = JSON.parse(readFileSync(file, 'utf8')).zeus;

  it.each(cases.map((one) => [one.name, one] as const))('%s', (_, golden) => {
    const normals = [...golden.normals];
    const given: [number, number][] = [];
    const random: Random = {
      uniform: () => 0,
      normal: (mean, sd) => {
        given.push([mean, 1 / sd ** 2]);
        return mean + sd * normals.shift()!;
      },
    };
    const play = new Play(jobOf(golden.sizes, golden.default), {}, random);
    for (const step of golden.trace) {
      given.length = 0;
      expect(play.decide().batchSize).toBe(step.batch);
      const arms = Object.entries(step.arms ?? {});
      expect(given).toHaveLength(arms.length);
      arms.forEach(([, [mean, precision]], index) => {
        expect(Math.abs(given[index]![0] / mean - 1)).toBeLessThan(1e-9);
        if (precision === 'inf') expect(given[index]![1]).toBe(Infinity);
        else expect(Math.abs(given[index]![1] / Number(precision) - 1)).toBeLessThan(1e-9);
      });
      play.tell(step.batch, step.cost, step.reached ? 'converged' : 'tooDear');
    }
  });
});

describe('any history', () => {
  const runs = fc.array(
    fc.record({
      batchSize: fc.constantFrom(...six.batchSizes),
      joules: fc.double({ min: 1, max: 1e6, noNaN: true }),
      outcome: fc.constantFrom<Outcome>('converged', 'diverged', 'tooDear', 'outOfMemory', 'preempted'),
      epochs: fc.nat(5),
    }),
    { maxLength: 40 },
  );

  it('ends in a decision for one of the sizes, which survives JSON, as the memory does', () => {
    fc.assert(
      fc.property(runs, fc.double({ min: 0, max: 1, noNaN: true }), (history, eta) => {
        const play = new Play(six);
        for (const { batchSize, joules, outcome, epochs } of history) play.tell(batchSize, joules, outcome, { epochs });
        const decide = () => {
          const fresh = new Play(six, {}, createRandom(1));
          fresh.memory = play.memory;
          return fresh.decide({ objective: { eta } });
        };
        const decision = decide();
        expect(six.batchSizes).toContain(decision.batchSize);
        expect(JSON.parse(JSON.stringify(decision))).toEqual(decision);
        expect(JSON.parse(JSON.stringify(play.memory))).toEqual(play.memory);
        expect(decide()).toEqual(decision);
      }),
    );
  });
});
