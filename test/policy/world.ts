/** A small world to test policies in: what a job needs on a GPU is a formula, and runs are told as observations. */
import type { FailureClass, Gpus, Job, Observation, Outcome, PowerMeasurement } from '../../policy/facts';
import type { Ask, Policy } from '../../policy/policy';
import { createRandom } from '../../policy/random';

export const job: Job = {
  id: 'job',
  batchSizes: [32, 64, 128, 256, 512, 1024],
  defaultBatchSize: 128,
  maxEpochs: 200,
};

export const v100: Gpus = { model: 'V100', count: 1, powerLimitsWatts: [100, 150, 200, 250] };
export const a100: Gpus = { model: 'A100', count: 1, powerLimitsWatts: [150, 250, 350] };

interface World {
  readonly slowness?: number;
  readonly source?: PowerMeasurement['source'];
  /** The batch size that others are counted from. */
  readonly unit?: number;
}

/** Saturating speed and draw, as power caps do: `slowness` scales every epoch, as another GPU model would. */
export function measure(
  batchSize: number,
  powerLimitWatts: number,
  { slowness = 1, source = 'profile', unit = 128 }: World = {},
): PowerMeasurement {
  const relative = batchSize / unit;
  const demand = 110 + 40 * (relative / (relative + 1));
  const capped = Math.max(1, Math.exp(0.8 * Math.log(demand / powerLimitWatts)));
  const secondsPerEpoch = slowness * 40 * (1 + 0.5 / relative) * capped;
  return { batchSize, powerLimitWatts, secondsPerEpoch, averageWatts: Math.min(powerLimitWatts, demand), source };
}

export function profile(batchSize: number, gpus: Gpus = v100, slowness = 1, unit = 128): PowerMeasurement[] {
  return gpus.powerLimitsWatts.map((limit) => measure(batchSize, limit, { slowness, unit }));
}

let observations = 0;

/** One run, with its whole profile unless told otherwise. */
export function run(batchSize: number, epochs: number, more: Partial<Observation> = {}): Observation {
  observations += 1;
  return {
    id: `observation-${observations}`,
    slot: `slot-${observations}`,
    attempt: 1,
    gpuModel: v100.model,
    batchSize,
    powerLimitWatts: 200,
    outcome: 'converged',
    epochs,
    reachedEpochLimit: false,
    seconds: 60 * epochs,
    joules: 6000 * epochs,
    measurements: profile(batchSize),
    ...more,
  };
}

export function failedRun(
  batchSize: number,
  epochs: number,
  outcome: FailureClass,
  more: Partial<Observation> = {},
): Observation {
  return run(batchSize, epochs, { outcome, ...more });
}

/** Probes of all other sizes at one limit. */
export function probesAround(batchSize: number, sizes: readonly number[] = job.batchSizes): PowerMeasurement[] {
  return sizes.filter((size) => size !== batchSize).map((size) => measure(size, 200, { source: 'probe' }));
}

export function ask(more: Partial<Ask> = {}): Ask {
  return {
    id: 'ask',
    job,
    gpus: v100,
    objective: { eta: 0.5 },
    slot: 'slot',
    attempt: 1,
    inFlight: [],
    exploration: true,
    ...more,
  };
}

export function after<Memory>(policy: Policy<Memory>, runs: readonly Observation[], of: Job = job): Memory {
  return runs.reduce((memory, observation) => policy.observe(memory, observation, of), policy.begin(of));
}

/** Policies that draw nothing may be given any generator. */
export const anyRandom = createRandom(1);

export const harmless: readonly Outcome[] = ['infrastructure', 'preempted', 'operator'];
