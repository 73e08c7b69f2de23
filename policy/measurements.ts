/** What was measured of each batch size on the GPU model of a run, and on the model that may stand in for it. */
import { maxPowerWatts } from './cost';
import type { Grid } from './epochs';
import type { Gpus, PowerMeasurement } from './facts';
import { gpuOf, type Memory, type SizeFacts } from './memory';
import type { Parameters } from './parameters';

/** One batch size: its profile, and whether that is a whole one. */
export interface Measured {
  /** In the grid. */
  readonly index: number;
  readonly swept: boolean;
  /** Not empty. */
  readonly profile: readonly PowerMeasurement[];
}

export interface GpuMeasurements {
  readonly sizes: readonly Measured[];
  readonly maxPowerWatts: number;
}

export interface Measurements {
  readonly grid: Grid;
  readonly here: GpuMeasurements;
  /** Another model whose curve is a guess for this one's, while little was measured here. */
  readonly elsewhere: GpuMeasurements | null;
}

export function measurementsFor(memory: Memory, gpus: Gpus, grid: Grid, { warmStartBelow }: Parameters): Measurements {
  const here = { sizes: measuredOn(memory, gpus, grid), maxPowerWatts: maxPowerWatts(gpus) };
  const elsewhere = here.sizes.length < warmStartBelow ? bestMeasuredElsewhere(memory, gpus, grid, here) : null;
  return { grid, here, elsewhere };
}

/** Limits that may no longer be set are left out, unless no others are known. */
export function measuredOn(memory: Memory, { model, powerLimitsWatts }: Gpus, { sizes }: Grid): Measured[] {
  const known = gpuOf(memory, model).sizes;
  return sizes.flatMap((batchSize, index) => {
    const facts = known[batchSize];
    if (facts === undefined) return [];
    const all = profileOf(batchSize, facts);
    const settable = all.filter((at) => powerLimitsWatts.includes(at.powerLimitWatts));
    const swept = facts.swept && settable.length > 0;
    return [{ index, swept, profile: settable.length > 0 ? settable : all }];
  });
}

/** The whole profile of this size, or what runs too short for one measured of it, at limits that can be set. */
export function profiledOf(memory: Memory, { model, powerLimitsWatts }: Gpus, batchSize: number): PowerMeasurement[] {
  const facts = gpuOf(memory, model).sizes[batchSize];
  if (facts === undefined) return [];
  const isAsGood = (watts: number) => facts.swept || (facts.windows ?? []).includes(watts);
  return profileOf(batchSize, facts).filter(
    ({ powerLimitWatts: watts }) => powerLimitsWatts.includes(watts) && isAsGood(watts),
  );
}

function profileOf(batchSize: number, { limits }: SizeFacts): PowerMeasurement[] {
  return Object.entries(limits).map(([limit, [secondsPerEpoch, averageWatts]]) => ({
    batchSize,
    powerLimitWatts: Number(limit),
    secondsPerEpoch,
    averageWatts,
    source: 'profile',
  }));
}

/** The model with the most measured sizes, if more than here. Its highest measured limit stands for its MAXPOWER. */
function bestMeasuredElsewhere(
  memory: Memory,
  { model, count }: Gpus,
  grid: Grid,
  here: GpuMeasurements,
): GpuMeasurements | null {
  let best: GpuMeasurements | null = null;
  for (const other of Object.keys(memory.gpus).sort()) {
    if (other === model) continue;
    const gpus = { model: other, count, powerLimitsWatts: limitsMeasuredOn(memory, other) };
    const sizes = measuredOn(memory, gpus, grid);
    if (sizes.length > Math.max(here.sizes.length, best?.sizes.length ?? 0))
      best = { sizes, maxPowerWatts: maxPowerWatts(gpus) };
  }
  return best;
}

function limitsMeasuredOn(memory: Memory, model: string): number[] {
  return Object.values(gpuOf(memory, model).sizes).flatMap(({ limits }) => Object.keys(limits).map(Number));
}
