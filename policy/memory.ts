/** What `wattbandit` remembers of a job: sums of epochs, power measurements, failures. Plain JSON, no beliefs. */
import { isPlausible, type PowerMeasurement } from './facts';

/** Keys of these records are batch sizes, power limits or GPU models, written out: JSON knows no others. */
export interface Memory {
  readonly version: 1;
  readonly converged: Readonly<Record<string, ConvergedRuns>>;
  readonly failed: Readonly<Record<string, FailedRuns>>;
  readonly gpus: Readonly<Record<string, GpuFacts>>;
  readonly drift: Drift;
  /** Runs that converged, over all sizes and GPU models; never reset. */
  readonly runs: number;
  /** Failures of proven sizes since the last run that converged. */
  readonly failuresInARow: number;
  /** Imported runs that converged after nobody knows how many epochs, by GPU model and batch size. */
  readonly timed?: Readonly<Record<string, Readonly<Record<string, TimedRuns>>>>;
}

/** `n` is a weight; `logs` is of ln seconds. */
export interface TimedRuns {
  readonly n: number;
  readonly logs: number;
}

/** The converged runs of one batch size; `n` is a weight, since old runs fade. `logs` and `squares` are of ln epochs. */
export interface ConvergedRuns {
  readonly n: number;
  readonly epochs: number;
  readonly logs: number;
  readonly squares: number;
}

/** The runs of one batch size that failed in a way that teaches. */
export interface FailedRuns {
  /** Imported ones count as much as they weigh. */
  readonly failures: number;
  /** Most epochs paid in one of them. */
  readonly stopped: number;
  /** Epochs paid in those after the size had converged once. */
  readonly wasted: number;
  /** One of them used up the job's epoch limit. */
  readonly exhausted: boolean;
}

export interface GpuFacts {
  /** Runs on this model that taught something. */
  readonly runs: number;
  /** The smallest batch size that ran out of memory. */
  readonly outOfMemory: number | null;
  readonly sizes: Readonly<Record<string, SizeFacts>>;
}

export interface SizeFacts {
  /** Its profile went through to the end, so the best limit is known. */
  readonly swept: boolean;
  /** By power limit: seconds per epoch, average watts. */
  readonly limits: Readonly<Record<string, readonly [number, number]>>;
  /** Until then: the limits that runs too short for a whole profile measured of themselves, as a profile would. */
  readonly windows?: readonly number[];
}

/** Two-sided CUSUM of the residuals of ln epochs. */
export interface Drift {
  readonly up: number;
  readonly down: number;
  readonly alarms: number;
  /** After an alarm: ln epochs by batch size, as they were believed then, moved to the new level. */
  readonly shape: Readonly<Record<string, number>> | null;
}

export const nothingConverged: ConvergedRuns = { n: 0, epochs: 0, logs: 0, squares: 0 };
export const nothingFailed: FailedRuns = { failures: 0, stopped: 0, wasted: 0, exhausted: false };
const nothingOfGpu: GpuFacts = { runs: 0, outOfMemory: null, sizes: {} };

export const emptyMemory: Memory = {
  version: 1,
  converged: {},
  failed: {},
  gpus: {},
  drift: { up: 0, down: 0, alarms: 0, shape: null },
  runs: 0,
  failuresInARow: 0,
};

export function convergedOf(memory: Memory, batchSize: number): ConvergedRuns {
  return memory.converged[batchSize] ?? nothingConverged;
}

export function failedOf(memory: Memory, batchSize: number): FailedRuns {
  return memory.failed[batchSize] ?? nothingFailed;
}

export function gpuOf(memory: Memory, model: string): GpuFacts {
  return memory.gpus[model] ?? nothingOfGpu;
}

export function timedOf({ timed }: Memory, model: string, batchSize: number): TimedRuns {
  return timed?.[model]?.[batchSize] ?? { n: 0, logs: 0 };
}

/** Of this batch size a run is known to have converged, here or elsewhere. */
export function hasConverged(memory: Memory, batchSize: number): boolean {
  const elsewhere = Object.values(memory.timed ?? {}).some((sizes) => sizes[batchSize] !== undefined);
  return elsewhere || convergedOf(memory, batchSize).n > 0;
}

export function withGpu(memory: Memory, model: string, facts: GpuFacts): Memory {
  return { ...memory, gpus: { ...memory.gpus, [model]: facts } };
}

export function canHold(gpu: GpuFacts, batchSize: number): boolean {
  return gpu.outOfMemory === null || batchSize < gpu.outOfMemory;
}

/**
 * Power measurements are kept per GPU model, batch size and limit; the latest counts, but a probe of a few steps never
 * replaces what a whole profile found. `sweptBatchSize` is the size whose profile went through to the end.
 */
export function recordMeasurements(
  memory: Memory,
  model: string,
  measurements: readonly PowerMeasurement[],
  sweptBatchSize?: number,
): Memory {
  const plausible = measurements.filter(isPlausible);
  if (plausible.length === 0) return memory;
  const gpu = gpuOf(memory, model);
  const sizes: Record<string, SizeFacts> = { ...gpu.sizes };
  for (const at of plausible) {
    const known = sizes[at.batchSize] ?? { swept: false, limits: {} };
    if (at.source === 'probe' && known.swept) continue;
    const swept = known.swept || at.batchSize === sweptBatchSize;
    sizes[at.batchSize] = {
      swept,
      limits: { ...known.limits, [at.powerLimitWatts]: [at.secondsPerEpoch, at.averageWatts] },
      ...(swept || known.windows === undefined ? {} : { windows: known.windows }),
    };
  }
  return withGpu(memory, model, { ...gpu, sizes });
}

/** Which measurements of a size, recorded already, are as good as those of a whole profile. */
export function recordWindows(memory: Memory, model: string, batchSize: number, limits: readonly number[]): Memory {
  const gpu = gpuOf(memory, model);
  const known = gpu.sizes[batchSize];
  const measured = limits.filter((watts) => known?.limits[watts] !== undefined);
  if (known === undefined || known.swept || measured.length === 0) return memory;
  const windows = [...new Set([...(known.windows ?? []), ...measured])].sort((a, b) => a - b);
  return withGpu(memory, model, { ...gpu, sizes: { ...gpu.sizes, [batchSize]: { ...known, windows } } });
}
