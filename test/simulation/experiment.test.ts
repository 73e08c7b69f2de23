import { join } from 'node:path';
import type { Observation } from '../../policy/facts';
import type { Decision } from '../../policy/policy';
import { contenderNamed } from '../../simulation/contenders';
import { play, playSeeds } from '../../simulation/experiment';
import { expectedEpochs, oracle, untouchedDefault } from '../../simulation/references';
import { figuresOf } from '../../simulation/report';
import { costOf } from '../../simulation/run';
import { plainCourse } from '../../simulation/scenario';
import { scenarioNamed, scenarioNames } from '../../simulation/scenarios';
import { type SimulationOptions, simulate } from '../../simulation/simulate';
import { syntheticWorlds } from '../../simulation/synthetic';
import { loadTraces } from '../../simulation/traces';

const tracesDirectory = join(__dirname, '../../data/zeus');
const worlds = loadTraces(tracesDirectory, 'v100');
const [cifar, , librispeech, movielens, , sentiment] = worlds;
const objective = { eta: 0.5 };
const policies = ['zeus', 'wattbandit', 'oracle', 'default'];

function series(policy: string, seed: string, recurrences: number, concurrency = 1) {
  const contender = contenderNamed(policy);
  const runs: { decision: Decision; observation: Observation }[] = [];
  const played = play({
    contender,
    course: plainCourse(cifar!),
    concurrency,
    recurrences,
    objective,
    seed,
    onRun: (decision, observation) => runs.push({ decision, observation }),
  });
  return { played, runs };
}

describe('a series', () => {
  it.each(policies)('of %s depends on its seed alone', (policy) => {
    expect(series(policy, 'one', 30)).toEqual(series(policy, 'one', 30));
    expect(series(policy, 'one', 30).played).not.toEqual(series(policy, 'another', 30).played);
  });

  it.each(policies)('of %s begins like a shorter one', (policy) => {
    expect(series(policy, 'one', 40).played.slice(0, 15)).toEqual(series(policy, 'one', 15).played);
  });

  it.each(policies)('of %s pays for all attempts of its recurrences', (policy) => {
    const { played, runs } = series(policy, 'one', 30);
    played.forEach(({ converged, costJoules, failedRuns }, index) => {
      const own = runs.filter(({ observation }) => observation.slot === String(index));
      const sum = own.reduce((total, { observation }) => total + costOf(observation, cifar!, 0.5), 0);
      expect(Math.abs(costJoules - sum)).toBeLessThanOrEqual(1e-12 * sum);
      expect(own.map(({ observation }) => observation.attempt)).toEqual(own.map((_, before) => before + 1));
      expect(failedRuns).toBe(own.length - (converged ? 1 : 0));
    });
  });

  it.each([2, 4, 8])('of %d at once knows what is in flight', (concurrency) => {
    const { played, runs } = series('wattbandit', 'one', 30, concurrency);
    expect(played).toHaveLength(30);
    expect(played.every(({ converged }) => converged)).toBe(true);
    expect(new Set(runs.slice(0, concurrency).map(({ decision }) => decision.batchSize))).toEqual(new Set([1024]));
  });

  it('gives a recurrence up after 20 runs', () => {
    const stubborn = { ...cifar!, drawEpochs: () => null };
    const contender = contenderNamed('default');
    const played = play({
      contender,
      course: plainCourse(stubborn),
      concurrency: 1,
      recurrences: 2,
      objective,
      seed: 'x',
    });
    expect(played).toMatchObject([
      { converged: false, failedRuns: 20 },
      { converged: false, failedRuns: 20 },
    ]);
  });
});

describe('the oracle', () => {
  it('has no regret where nothing is random', () => {
    const played = playSeeds(contenderNamed('oracle'), sentiment!, scenarioNamed('none'), {
      seeds: 3,
      recurrences: 50,
      objective,
    });
    expect(Math.abs(figuresOf(played, 50).regret.mean)).toBeLessThan(1e-9);
  });

  // 30 comparisons at five standard errors of 60 seeds (Student's t): a false alarm in 6,000 changes of the random numbers.
  it.each(scenarioNames.flatMap((name) => [cifar!, movielens!].map((world) => [name, world.job.id, world] as const)))(
    'has none on average either: %s, %s',
    (name, _, world) => {
      const played = playSeeds(contenderNamed('oracle'), world, scenarioNamed(name), {
        seeds: 60,
        recurrences: 40,
        objective,
      });
      const { regret } = figuresOf(played, 40);
      expect(Math.abs(regret.mean)).toBeLessThan((5 * regret.ci95) / 1.96 + 1e-9);
    },
  );

  it('is the always-converging choice of the baseline', () => {
    const choices = worlds
      .map((world) => oracle(world, 0.5))
      .map((best) => `${best.batchSize}@${best.powerLimitWatts}`);
    expect(choices).toEqual(['128@100', '360@175', '48@150', '16384@175', '12@200', '64@175']);
  });

  it('counts failed runs at the epoch limit', () => {
    expect(expectedEpochs(movielens!, 32)).toBeCloseTo((4 * 100 + 34) / 1, 9);
    expect(expectedEpochs(cifar!, 4096)).toBe(Infinity);
  });

  it.each([0, 0.5, 1])('is never dearer than the default at η %d', (eta) => {
    for (const world of [...worlds, ...syntheticWorlds(50)]) {
      expect(oracle(world, eta).costJoules).toBeLessThanOrEqual(untouchedDefault(world, eta).costJoules);
    }
  });
});

describe('scenarios', () => {
  it.each(scenarioNames)('%s: both policies bring every recurrence to its end', (name) => {
    for (const policy of ['zeus', 'wattbandit']) {
      const played = playSeeds(contenderNamed(policy), librispeech!, scenarioNamed(name), {
        seeds: 2,
        recurrences: 20,
        objective,
      });
      expect(played.flat()).toHaveLength(40);
      for (const { costJoules, oracleCostJoules } of played.flat()) {
        expect(costJoules).toBeGreaterThan(0);
        expect(oracleCostJoules).toBeLessThan(Infinity);
      }
    }
  });

  it('change the job half way', () => {
    const at = (name: string, recurrence: number) => {
      const begin = scenarioNamed(name).prepare(librispeech!, 100);
      return expectedEpochs(begin({ uniform: () => 0, normal: () => 0 }).worldAt(recurrence), 192);
    };
    expect(at('drift-doubled', 50)).toBe(2 * at('drift-doubled', 49));
    expect(at('drift-halved', 50)).toBeLessThan(at('drift-halved', 49));
    expect(at('drift-target', 50)).toBeLessThan(at('drift-target', 49));
    expect(at('drift-shifted', 50)).toBe(at('drift-shifted', 49));
  });

  it('that is unknown lists the others', () => {
    expect(() => scenarioNamed('storm')).toThrow('Cannot simulate the scenario storm: there are none, noise,');
  });

  it('needs recorded targets to change the target', () => {
    const [synthetic] = syntheticWorlds(1);
    const begin = scenarioNamed('drift-target').prepare(synthetic!, 10);
    expect(() => begin({ uniform: () => 0, normal: () => 0 })).toThrow('no other target is recorded');
  });
});

describe('synthetic jobs', () => {
  const jobs = syntheticWorlds(100);

  it('are the same every time, and more of them begin with fewer', () => {
    const facts = (count: number) => syntheticWorlds(count).map(({ job }) => job);
    expect(facts(20)).toEqual(facts(50).slice(0, 20));
  });

  it('always converge with their default, which costs less than six times the best', () => {
    for (const world of jobs) {
      const { batchSizes, defaultBatchSize, maxEpochs } = world.job;
      expect(batchSizes.length).toBeGreaterThanOrEqual(4);
      expect(batchSizes.length).toBeLessThanOrEqual(13);
      expect(world.outcomesOf(defaultBatchSize).every((epochs) => epochs !== null && epochs <= maxEpochs)).toBe(true);
    }
  });

  it('have cliffs on either side, in some', () => {
    const never = (side: (sizes: readonly number[]) => number) =>
      jobs.filter((world) => expectedEpochs(world, side(world.job.batchSizes)) === Infinity).length;
    expect(never((sizes) => Math.min(...sizes))).toBeGreaterThan(30);
    expect(never((sizes) => Math.max(...sizes))).toBeGreaterThan(25);
  });
});

describe('simulate', () => {
  const options: SimulationOptions = {
    tracesDirectory,
    gpus: ['v100'],
    jobs: ['sentiment140', 'imagenet'],
    policies: ['zeus', 'wattbandit'],
    seeds: 2,
    recurrences: [5, 10],
    eta: 0.5,
  };

  it('reports one row for each GPU, job, policy and length', () => {
    const report = simulate(options);
    expect(report.schemaVersion).toBe(1);
    expect(report.results.map(({ gpu, job, policy, recurrences }) => [gpu, job, policy, recurrences])).toEqual(
      ['imagenet', 'sentiment140'].flatMap((job) =>
        ['zeus', 'wattbandit'].flatMap((policy) => [5, 10].map((length) => ['v100', job, policy, length])),
      ),
    );
    expect(Object.keys(report.results[0]!).sort()).toEqual(
      [
        ...['gpu', 'job', 'policy', 'recurrences', 'seeds', 'regret', 'costOverOracle', 'tailCostOverOracle'],
        ...['costVsDefault', 'energyVsDefault', 'timeVsDefault', 'lastFive', 'failedRuns', 'excludedBatchSizes'],
      ].sort(),
    );
    expect(report.results[0]?.excludedBatchSizes).toEqual([8, 16, 32, 512, 1024]);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(simulate(options)).toEqual(report);
  });

  it('sums up over jobs and against Zeus', () => {
    const { results, summary } = simulate(options);
    const mean = (policy: string) => {
      const rows = results.filter((row) => row.policy === policy && row.recurrences === 10);
      return rows.reduce((sum, row) => sum + row.regret.mean, 0) / rows.length;
    };
    expect(summary).toHaveLength(4);
    expect(summary.find((row) => row.policy === 'wattbandit' && row.recurrences === 10)).toMatchObject({
      jobs: 2,
      regret: mean('wattbandit'),
      ratioToZeus: mean('wattbandit') / mean('zeus'),
    });
    const alone = simulate({ ...options, policies: ['wattbandit'] });
    expect(alone.summary[0]).toMatchObject({ ratioToZeus: null, worstRatioToZeus: null });
  });

  it('says how far it is', () => {
    const progress: number[] = [];
    simulate({ ...options, onProgress: ({ done, total }) => progress.push(done / total) });
    expect(progress).toEqual([0, 0.5, 1]);
  });

  it.each<[Partial<SimulationOptions>, string]>([
    [
      { policies: ['zues'] },
      'Cannot simulate the policy zues: there are zeus, wattbandit, grid-search, oracle, default.',
    ],
    [{ policies: [] }, 'policies is 0 and must be at least one'],
    [{ seeds: 0 }, 'seeds is 0 and must be a whole number above 0'],
    [{ recurrences: [20, 1.5] }, 'recurrences is 1.5 and must be whole numbers above 0'],
    [{ eta: 1.1 }, 'eta is 1.1 and must be within 0 and 1'],
    [{ eta: NaN }, 'eta is NaN'],
    [{ objective: { maxSlowdown: 0.5 } }, 'maxSlowdown is 0.5 and must be at least 1'],
    [{ scenario: 'storm' }, 'Cannot simulate the scenario storm'],
    [{ gpus: ['h100'] }, 'Cannot simulate the GPU h100'],
    [{ tracesDirectory: undefined }, 'give a directory of traces, or synthetic jobs'],
    [{ tracesDirectory: '/nowhere' }, 'there is no'],
  ])('refuses %j', (wrong, message) => {
    expect(() => simulate({ ...options, ...wrong })).toThrow(message);
  });
});
