/** What is believed of the epochs that each batch size needs: a curve of ln epochs, shared by all GPU models. */
import type { Job } from './facts';
import { anticipate, at, condition, conditionShape, covarianceOf, type Datum, type Gaussian } from './gaussianProcess';
import { convergedOf, failedOf, type Memory } from './memory';
import type { Parameters } from './parameters';

/** Batch sizes in the order of all lists of beliefs, and how many doublings each is from the default. */
export interface Grid {
  readonly sizes: readonly number[];
  readonly doublings: readonly number[];
}

export interface EpochBelief extends Gaussian {
  /** Variance of ln epochs between two runs of one size. */
  readonly runVariance: number;
}

/** The job's sizes, and one that was chosen although it is not among them. */
export function gridFor(job: Job, alsoBatchSize?: number): Grid {
  const known = alsoBatchSize === undefined || job.batchSizes.includes(alsoBatchSize);
  const sizes = known ? job.batchSizes : [...job.batchSizes, alsoBatchSize].sort((a, b) => a - b);
  return { sizes, doublings: sizes.map((size) => Math.log(size / job.defaultBatchSize) / Math.LN2) };
}

/** Runs in flight count as seen for how sure we are, not for what we believe. `shape`: ln epochs, all off by one amount. */
export function believeEpochs(
  memory: Memory,
  grid: Grid,
  parameters: Parameters,
  inFlight: readonly number[] = [],
  shape: readonly Datum[] = [],
): EpochBelief {
  const runVariance = varianceBetweenRuns(memory, grid, parameters);
  const prior = conditionShape(priorOf(memory, grid, parameters), shape, parameters.timedLevelVariance);
  const seen = condition(prior, convergedData(memory, grid, runVariance, parameters));
  const belief = condition(seen, stoppedData(memory, grid, runVariance, seen, parameters));
  const open = inFlight.map((size) => grid.sizes.indexOf(size)).filter((index) => index >= 0);
  return { ...anticipate(belief, open, runVariance), runVariance };
}

/** Pooled over sizes, with a prior worth a few runs. */
function varianceBetweenRuns(memory: Memory, grid: Grid, { runSd, runSdWeight }: Parameters): number {
  let squares = runSdWeight * runSd * runSd;
  let freedom = runSdWeight;
  for (const size of grid.sizes) {
    const sums = convergedOf(memory, size);
    if (sums.n <= 1) continue;
    squares += Math.max(0, sums.squares - (sums.logs * sums.logs) / sums.n);
    freedom += sums.n - 1;
  }
  return squares / freedom;
}

/** A gentle slope; after a drift alarm, the curve as it was believed then. */
function priorOf({ drift: { shape } }: Memory, grid: Grid, parameters: Parameters): Gaussian {
  const kernel = {
    levelVariance: shape ? parameters.driftLevelVariance : parameters.epochsLevelVariance,
    slopeSd: parameters.epochsSlopeSd,
    smoothSd: shape ? parameters.driftSmoothSd : parameters.epochsSmoothSd,
    smoothLength: parameters.epochsSmoothLength,
    ownVariance: parameters.epochsOwnSd * parameters.epochsOwnSd,
  };
  const slope = grid.doublings.map((x) => parameters.epochsSlope * x);
  return { mean: shape ? along(shape, slope, grid) : slope, covariance: covarianceOf(kernel, grid.doublings) };
}

/** The shape where it is known; a size that was not yet there continues it from the nearest one at the usual slope. */
function along(
  shape: Readonly<Record<string, number>>,
  slope: readonly number[],
  { sizes, doublings }: Grid,
): number[] {
  const levels = sizes.flatMap((size, index) => {
    const value = shape[size];
    return value === undefined ? [] : [{ x: at(doublings, index), level: value - at(slope, index) }];
  });
  return doublings.map((x, index) => {
    const [nearest] = levels.toSorted((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x));
    return (nearest?.level ?? 0) + at(slope, index);
  });
}

function convergedData(memory: Memory, grid: Grid, runVariance: number, { countSd }: Parameters): Datum[] {
  return grid.sizes.flatMap((size, index) => {
    const { n, epochs } = convergedOf(memory, size);
    if (n === 0) return [];
    const mean = epochs / n;
    const counting = countSd / mean;
    return [{ index, value: Math.log(mean), variance: (runVariance + counting * counting) / n }];
  });
}

/** A run stopped earlier than it was predicted to converge says nothing. */
function stoppedData(
  memory: Memory,
  grid: Grid,
  runVariance: number,
  seen: Gaussian,
  { stoppedBonus, stoppedSd }: Parameters,
): Datum[] {
  return grid.sizes.flatMap((size, index) => {
    const { failures, stopped } = failedOf(memory, size);
    if (failures === 0 || convergedOf(memory, size).n > 0) return [];
    const value = Math.log(stopped + 1) + stoppedBonus;
    const variance = (runVariance + stoppedSd * stoppedSd) / Math.min(1, failures);
    return value > at(seen.mean, index) ? [{ index, value, variance }] : [];
  });
}
