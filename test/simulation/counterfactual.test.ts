/** Counterfactuals: what rests on the log, what on the model, and whether the bands hold the truth where it is known. */
import type { Observation } from '../../policy/facts';
import { createRandom } from '../../policy/random';
import { contenderNamed } from '../../simulation/contenders';
import { counterfactual } from '../../simulation/counterfactual';
import { coverageCases, coverageOf } from '../../simulation/coverage';
import { drawWorld, fit, isRecorded } from '../../simulation/fittedWorld';
import { sample } from '../../simulation/fittedCurve';
import type { LoggedJob } from '../../simulation/loggedJob';
import { mean, quantile } from '../../simulation/statistics';
import { loadTraces } from '../../simulation/traces';
import { packagedTraces } from '../../worker/packaged';
import { observation } from '../support/job';

const powerLimitsWatts = [100, 150, 200];
const job = { id: 'logged', batchSizes: [64, 128, 256, 512], defaultBatchSize: 128, maxEpochs: 100 };
const gpus = { model: 'V100', count: 1, powerLimitsWatts };

const profileOf = (batchSize: number, limits: readonly number[] = powerLimitsWatts) =>
  limits.map((watts) => ({
    ...{ batchSize, powerLimitWatts: watts, averageWatts: 0.9 * watts, source: 'profile' as const },
    secondsPerEpoch: (10 + 1000 / batchSize) * (1 + 50 / watts),
  }));

function ran(n: number, batchSize: number, epochs: number, changes: Partial<Observation> = {}): Observation {
  const [at] = profileOf(batchSize);
  const seconds = epochs * at!.secondsPerEpoch;
  const facts = { id: `${n}/1`, slot: `${n}`, batchSize, epochs, seconds, joules: 0.9 * 100 * seconds };
  return observation({ ...facts, powerLimitWatts: 100, measurements: profileOf(batchSize), ...changes });
}

function logged(runs: readonly Observation[], gramsPerKwh: number | null = null): LoggedJob {
  const recurrences = runs.map((run) => ({ slot: run.slot, eta: 0.5, runs: [run], gramsPerKwh }));
  return { job, gpus, bounds: {}, attempts: 3, recurrences, elsewhere: [], leftOut: [] };
}

const often = logged(Array.from({ length: 200 }, (_, n) => ran(n, 128, n % 2 === 0 ? 20 : 30)));
const once = logged([ran(0, 128, 20)]);
const worldsOf = (log: LoggedJob, count = 200) => {
  const fitted = fit(log);
  return Array.from({ length: count }, (_, seed) => drawWorld(fitted, createRandom(seed)));
};

describe('drawWorld', () => {
  it('takes of a size that ran often what was recorded', () => {
    const outcomes = worldsOf(often).flatMap((world) => world.outcomesOf(128));
    const recorded = outcomes.filter((epochs) => epochs === 20 || epochs === 30);
    // One in 201 is expected to be the model's.
    expect(recorded.length / outcomes.length).toBeGreaterThan(0.98);
    expect(mean(recorded.map(Number))).toBeCloseTo(25, 0);
  });

  it('takes of a size that ran once as much from the model, around what was seen', () => {
    const outcomes = worldsOf(once).flatMap((world) => world.outcomesOf(128));
    const recorded = outcomes.filter((epochs) => epochs === 20).length / outcomes.length;
    expect(recorded).toBeGreaterThan(0.4);
    expect(recorded).toBeLessThan(0.75);
    expect(Math.abs(mean(outcomes.map(Number)) - 20)).toBeLessThan(2);
  });

  it('is less sure of sizes the further they are from what ran, and lets some never converge', () => {
    const worlds = worldsOf(often);
    const spread = (size: number) => {
      const means = worlds.map((world) => mean(world.outcomesOf(size).map((epochs) => epochs ?? 100)));
      return quantile(means, 0.95) / quantile(means, 0.05);
    };
    expect(spread(128)).toBeLessThan(1.2);
    expect(spread(256)).toBeGreaterThan(spread(128));
    expect(spread(512)).toBeGreaterThan(spread(256));
    const dead = worlds.filter((world) => world.outcomesOf(512).every((epochs) => epochs === null)).length;
    expect(dead).toBeGreaterThan(0);
    expect(dead).toBeLessThan(worlds.length / 2);
  });

  it('takes a size that used up the epoch limit for one that hardly converges, a stopped one for one that takes longer', () => {
    const failed = ran(40, 64, 100, { outcome: 'diverged', reachedEpochLimit: true });
    const stopped = ran(41, 256, 60, { outcome: 'tooDear' });
    const good = Array.from({ length: 30 }, (_, n) => ran(n, 128, 20));
    const share = (log: LoggedJob, size: number, holds: (epochs: number | null) => boolean) => {
      const outcomes = worldsOf(log, 100).flatMap((world) => world.outcomesOf(size));
      return outcomes.filter(holds).length / outcomes.length;
    };
    const never = (epochs: number | null) => epochs === null;
    const late = (epochs: number | null) => epochs === null || epochs > 60;
    expect(share(logged([...good, failed]), 64, never)).toBeGreaterThan(0.8);
    expect(share(logged(good), 64, never)).toBeLessThan(0.3);
    expect(share(logged([...good, stopped]), 256, late)).toBeGreaterThan(0.6);
    expect(share(logged(good), 256, late)).toBeLessThan(0.3);
  });

  it('has speeds as they were measured, and gives other sizes the shape of the nearest profile', () => {
    const [at] = profileOf(128);
    for (const world of worldsOf(often, 20)) {
      const { secondsPerEpoch, averageWatts } = world.measure(128, 100);
      expect({ secondsPerEpoch, averageWatts }).toEqual({ secondsPerEpoch: at!.secondsPerEpoch, averageWatts: 90 });
      const [slow, fast] = [world.measure(256, 100), world.measure(256, 200)];
      expect(slow.secondsPerEpoch / fast.secondsPerEpoch).toBeCloseTo(1.5 / 1.25, 10);
    }
  });
});

describe('isRecorded', () => {
  it('wants both: a run of the size that came to its end, and a measurement of the limit', () => {
    const fitted = fit(logged([ran(0, 128, 20), ran(1, 256, 9, { outcome: 'tooDear' })]));
    expect(isRecorded(fitted, 128, 100)).toBe(true);
    expect(isRecorded(fitted, 128, 120)).toBe(false);
    expect(isRecorded(fitted, 256, 100)).toBe(false);
    expect(isRecorded(fitted, 512, 100)).toBe(false);
  });
});

describe('sample', () => {
  it('has the mean and covariance that it draws from', () => {
    const random = createRandom(7);
    const draws = Array.from({ length: 20_000 }, () =>
      sample(
        {
          mean: [1, 2],
          covariance: [
            [4, 1],
            [1, 1],
          ],
        },
        random,
      ),
    );
    const [a, b] = [draws.map(([x]) => x!), draws.map(([, y]) => y!)];
    // Standard errors are below 0.03 and 0.04: six of them, a false alarm in a billion.
    expect(Math.abs(mean(a) - 1)).toBeLessThan(0.09);
    expect(Math.abs(mean(draws.map(([x, y]) => (x! - 1) * (y! - 2))) - 1)).toBeLessThan(0.1);
    expect(Math.abs(mean(b.map((y) => (y - 2) ** 2)) - 1)).toBeLessThan(0.07);
  });
});

describe('counterfactual', () => {
  const options = { contenders: ['wattbandit', 'default'].map(contenderNamed), seeds: 40 };

  it('says what happened as it happened, and gives the untouched default its recorded runs', () => {
    const { logged: was, results } = counterfactual({ ...options, log: often });
    const joules = often.recurrences.reduce((sum, { runs }) => sum + runs[0]!.joules, 0);
    expect(was.joules).toEqual({
      mean: expect.closeTo(joules, 3),
      low: expect.closeTo(joules, 3),
      high: expect.closeTo(joules, 3),
    });
    const untouched = results.find(({ policy }) => policy === 'default')!;
    expect(untouched.arms).toMatchObject([{ batchSize: 128, powerLimitWatts: 200, evidence: 'recorded' }]);
    expect(untouched.recordedShare).toBe(1);
    // 25 epochs each at the highest limit: 180 W.
    const expected = 200 * 25 * profileOf(128)[2]!.secondsPerEpoch * 180;
    expect(untouched.joules.low).toBeLessThan(expected);
    expect(untouched.joules.high).toBeGreaterThan(expected);
  });

  it('gives the same numbers for the same seeds', () => {
    expect(counterfactual({ ...options, log: once })).toEqual(counterfactual({ ...options, log: once }));
  });

  it('counts carbon by the log’s own intensities, and none where it has none', () => {
    const { logged: was } = counterfactual({ ...options, log: logged([ran(0, 128, 20), ran(1, 128, 20)], 360) });
    expect(was.grams!.mean).toBeCloseTo((was.joules.mean / 3.6e6) * 360, 6);
    expect(counterfactual({ ...options, log: once }).logged.grams).toBeNull();
  });

  it('refuses a log in which nothing ended', () => {
    expect(() => counterfactual({ ...options, log: logged([]) })).toThrow(/no recurrence of its log ended/);
  });
});

describe('coverageCases', () => {
  it('finds the truth in most bands where it is known', () => {
    const worlds = loadTraces(packagedTraces, 'v100').filter(({ job: of }) => ['cifar100', 'squad'].includes(of.id));
    const policies = ['wattbandit', 'zeus', 'default'];
    const cases = coverageCases({ worlds, policies, recurrences: 15, logs: 2, seeds: 30, eta: 0.5 });
    expect(cases).toHaveLength(24);
    // Deterministic. At a true coverage of 0.9, fewer than 0.7 of 24 independent cases come up once in 300 choices of seeds.
    expect(coverageOf(cases)).toBeGreaterThan(0.7);
    expect(cases.every(({ joules }) => joules.low < joules.high)).toBe(true);
  });
});
