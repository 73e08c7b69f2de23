/** The cost-model bandit against vectors of an independent reference simulation. */
import golden from '../../data/bandit/golden_vectors.json';
import { createWattbandit } from '../../policy/batchSize';
import { zeusCostJoules } from '../../policy/cost';
import { believeEpochCosts } from '../../policy/epochCost';
import { believeEpochs, gridFor } from '../../policy/epochs';
import type { Gpus, Job, PowerMeasurement } from '../../policy/facts';
import { covarianceOf } from '../../policy/gaussianProcess';
import { recordRun } from '../../policy/learn';
import { measurementsFor } from '../../policy/measurements';
import { convergedOf, emptyMemory, failedOf, gpuOf, type Memory, recordMeasurements } from '../../policy/memory';
import { normalDistribution } from '../../policy/normal';
import { defaults, type Parameters } from '../../policy/parameters';
import type { Ask, Candidate, Decision } from '../../policy/policy';
import { createRandom } from '../../policy/random';
import { horizonOf } from '../../policy/trials';

const MODEL = 'GPU';

type Case = (typeof golden.cases)[number];
// oxlint-disable-next-line typescript/no-explicit-any -- the steps of a case differ by their `op`
type Step = Record<string, any>;

/** Relative 1e-9, with the last printed digit of a value near 0 as the floor. */
function expectClose(actual: number, expected: number, floor = 1e-12): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * Math.abs(expected) + floor);
}

function jobOf({ initial }: Case): Job {
  return { id: 'golden', batchSizes: initial.batch_sizes, defaultBatchSize: initial.default, maxEpochs: 1000 };
}

function gpusOf({ initial }: Case): Gpus {
  return { model: MODEL, count: 1, powerLimitsWatts: initial.power_limits };
}

/** The vectors were made with these where our defaults have moved on. */
const reference: Parameters = {
  ...defaults,
  epochsSmoothLength: golden.params.ell,
  runSd: golden.params.sigma0,
  countSd: golden.params.quant,
  horizon: golden.params.horizon,
  horizonGrowth: golden.params.horizon_growth,
  cliffsPerDoubling: 0,
};

function parametersOf({ initial }: Case): Parameters {
  return 'max_jump' in initial.params ? { ...reference, trustDoublings: initial.params.max_jump ?? 2 } : reference;
}

function askOf(of: Case, args: Step): Ask {
  return {
    id: 'ask',
    job: jobOf(of),
    gpus: gpusOf(of),
    objective: { eta: args.eta },
    slot: 'slot',
    attempt: 1 + (args.retry ?? 0),
    inFlight: [],
    exploration: args.explore ?? true,
    ...(args.forced === undefined ? {} : { pinnedBatchSize: args.forced }),
  };
}

type Entry = readonly [number, number];

function measurement(batchSize: number, limit: number, entry: Entry, source: 'profile' | 'probe'): PowerMeasurement {
  const [secondsPerEpoch, averageWatts] = entry;
  return { batchSize, powerLimitWatts: limit, secondsPerEpoch, averageWatts, source };
}

function remember(memory: Memory, of: Case, step: Step): Memory {
  switch (step.op) {
    case 'profile': {
      const profile = Object.entries<Entry>(step.entries).map(([limit, entry]) =>
        measurement(step.batch, Number(limit), entry, 'profile'),
      );
      return recordMeasurements(memory, MODEL, profile, step.swept ? step.batch : undefined);
    }
    case 'probe':
      return recordMeasurements(memory, MODEL, [measurement(step.batch, step.power, [step.sec, step.watts], 'probe')]);
    case 'observe': {
      const outcome = step.crashed ? 'infrastructure' : step.reached ? 'converged' : 'tooDear';
      const run = { batchSize: step.batch, outcome, epochs: step.epochs, reachedEpochLimit: step.exhausted } as const;
      return recordRun(memory, run, jobOf(of), parametersOf(of));
    }
    default:
      throw new Error(`Cannot replay the step ${String(step.op)}.`);
  }
}

/** The reference says `forced` for `pinned`, and `exploit` where we say `retry`. */
const modes: Record<Decision['mode'], string> = {
  first: 'first',
  explore: 'explore',
  exploit: 'exploit',
  pinned: 'forced',
  retry: 'exploit',
};

function expectBeliefs(memory: Memory, of: Case, args: Step, expected: Step): void {
  const grid = gridFor(jobOf(of));
  const epochs = believeEpochs(memory, grid, parametersOf(of));
  expectClose(epochs.runVariance, expected.noise_var);
  grid.sizes.forEach((_, i) => {
    expectClose(epochs.mean[i]!, expected.curve_mu[i]);
    expectClose(epochs.covariance[i]![i]!, expected.curve_var[i]);
  });
  if (!expected.profile_mu) return;
  const measurements = measurementsFor(memory, gpusOf(of), grid, parametersOf(of));
  const paces = grid.sizes.map(() => ({ kind: 'free' }) as const);
  const { cost } = believeEpochCosts(measurements, args.eta, paces, parametersOf(of));
  grid.sizes.forEach((_, i) => {
    expectClose(cost.mean[i]!, expected.profile_mu[i]);
    // The reference gets 1e-8 as a difference of numbers near 4, and so to 1e-14 only.
    expectClose(cost.covariance[i]![i]!, expected.profile_var[i], 2e-14);
  });
}

function expectDecision(decision: Decision, expected: Step): void {
  expect(decision.batchSize).toBe(expected.batch);
  expect(modes[decision.mode]).toBe(expected.mode);
  expect(decision.incumbent ?? undefined).toBe(expected.incumbent);
  if (expected.cap_cost === null) expect(decision.costCeilingJoules).toBeNull();
  else expectClose(decision.costCeilingJoules!, expected.cap_cost);
  expect(decision.considered.map((row) => [row.batchSize, row.verdict])).toEqual(
    expected.table.map((row: Step) => [row.batch, row.verdict]),
  );
  decision.considered.forEach((row, i) => {
    const of = expected.table[i];
    expectClose(row.predictedEpochs!, of.epochs);
    expectClose(row.predictedCostJoules!, of.cost);
    expectClose(row.sd!, of.sd);
    expectClose(row.gainJoules ?? 0, of.gain);
    expectClose(row.priceJoules ?? 0, of.price);
  });
}

function expectMemory(memory: Memory, of: Case): void {
  const final: Step = of.final_state;
  for (const size of of.initial.batch_sizes) {
    const expected = final.curve[size];
    const converged = convergedOf(memory, size);
    const failed = failedOf(memory, size);
    expectClose(converged.n, expected.n);
    expectClose(converged.epochs, expected.sum_n);
    expectClose(converged.logs, expected.sum_l);
    expectClose(converged.squares, expected.sum_l2);
    expect(failed.failures === 0 ? null : failed.stopped).toBe(expected.stopped);
    expect([failed.wasted, failed.failures, failed.exhausted]).toEqual([
      expected.wasted,
      expected.failures,
      expected.exhausted,
    ]);
  }
  const { sizes } = gpuOf(memory, MODEL);
  expect(Object.fromEntries(Object.entries(sizes).map(([size, { limits }]) => [size, limits]))).toEqual(final.profile);
  expect(Object.keys(sizes).filter((size) => sizes[size]!.swept)).toEqual(final.swept.map(String));
  expect([memory.runs, memory.failuresInARow, memory.drift.alarms]).toEqual([
    final.runs,
    final.fail_streak,
    final.drift.alarms,
  ]);
  expectClose(memory.drift.up, final.drift.up);
  expectClose(memory.drift.down, final.drift.down);
}

describe('wattbandit against the golden vectors', () => {
  it.each(golden.cases.map((of) => [of.name, of] as const))('%s', (_, of) => {
    const policy = createWattbandit({ parameters: parametersOf(of) });
    let memory = emptyMemory;
    for (const step of of.steps as Step[]) {
      if (step.op !== 'decide') {
        memory = remember(memory, of, step);
        continue;
      }
      const { args, decision: expected, power } = step.expect;
      const ask = askOf(of, args);
      const decision = policy.decide(memory, ask, createRandom(0));
      expectBeliefs(memory, of, args, step.expect);
      expectDecision(decision, expected);
      if (expected.horizon) expect(horizonOf(memory.runs, ask, parametersOf(of))).toBe(expected.horizon);
      for (const row of decision.considered) expectLimit(row, args.eta, memory, of, power);
    }
    expectMemory(memory, of);
  });
});

/** Where two limits cost the same, any of them is the best. */
function expectLimit(row: Candidate, eta: number, memory: Memory, of: Case, power: Record<string, number>): void {
  const limits = gpuOf(memory, MODEL).sizes[row.batchSize]?.limits;
  const costAt = (limit: number | null | undefined) => {
    const [seconds, watts] = limits?.[limit ?? 0] ?? [0, 0];
    return zeusCostJoules(watts * seconds, seconds, eta, of.initial.max_power);
  };
  expectClose(costAt(row.powerLimitWatts), costAt(power[row.batchSize]));
}

describe('normalDistribution', () => {
  it('agrees with the golden values to all their digits', () => {
    for (const { z, Phi } of golden.phi) expectClose(normalDistribution(z), Phi, 0);
  });
});

describe('covarianceOf', () => {
  it('is the prior covariance of ln epochs of the golden vectors', () => {
    const kernel = {
      levelVariance: reference.epochsLevelVariance,
      slopeSd: reference.epochsSlopeSd,
      smoothSd: reference.epochsSmoothSd,
      smoothLength: reference.epochsSmoothLength,
      ownVariance: reference.epochsOwnSd * defaults.epochsOwnSd,
    };
    const covariance = covarianceOf(kernel, golden.prior.x);
    golden.prior.K.forEach((row, i) => row.forEach((value, j) => expectClose(covariance[i]![j]!, value)));
  });
});
