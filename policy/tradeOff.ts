/** The trade-off of a job: time and energy of a run at each batch size and power limit, as the policy believes them. */
import { believeEpochCosts, believeFullSpeed } from './epochCost';
import { believeEpochs, gridFor } from './epochs';
import type { Gpus, Job } from './facts';
import { at, type Gaussian, varianceAt } from './gaussianProcess';
import { type Measurements, measurementsFor } from './measurements';
import { canHold, convergedOf, gpuOf, type Memory } from './memory';
import { defaults, type Parameters } from './parameters';
import { timedData } from './timedRuns';

/** 90 % of runs should lie within. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface TradeOffPoint {
  readonly batchSize: number;
  readonly powerLimitWatts: number;
  /** Of a run that converges; runs that fail are not in it. */
  readonly seconds: number;
  readonly joules: number;
  /** Null where nobody can tell. */
  readonly within: { readonly seconds: Interval; readonly joules: Interval } | null;
  /** Runs of this size converged, and this limit was measured with it; everything else is a prediction. */
  readonly known: boolean;
}

/** Two-sided, of a standard normal distribution. */
const z90 = 1.645;

/** By batch size and limit, ascending. Empty before any run converged: then epochs are unknown, and so is everything else. */
export function believedTradeOff(
  memory: Memory,
  { job, gpus }: { readonly job: Job; readonly gpus: Gpus },
  parameters: Parameters = defaults,
): readonly TradeOffPoint[] {
  const grid = gridFor(job);
  if (!grid.sizes.some((size) => convergedOf(memory, size).n > 0)) return [];
  const measurements = measurementsFor(memory, gpus, grid, parameters);
  const speed = { model: gpus.model, fullSpeed: believeFullSpeed(measurements, parameters) };
  const epochs = believeEpochs(memory, grid, parameters, [], timedData(memory, grid, speed, parameters));
  const fits = grid.sizes.map((size) => canHold(gpuOf(memory, gpus.model), size));
  const points = measuredLimits(measurements).flatMap((powerLimitWatts) => {
    const perEpoch = believeEpochAt(powerLimitWatts, measurements, parameters);
    return grid.sizes.flatMap((batchSize, index): TradeOffPoint[] => {
      if (fits[index] !== true) return [];
      const known = perEpoch.measured.has(index) && convergedOf(memory, batchSize).n > 0;
      const spreadOf = (belief: Gaussian) =>
        Math.sqrt(varianceAt(epochs, index) + epochs.runVariance + varianceAt(belief, index));
      const logOf = (belief: Gaussian) => at(epochs.mean, index) + at(belief.mean, index);
      const within = {
        seconds: intervalOf(logOf(perEpoch.seconds), spreadOf(perEpoch.seconds)),
        joules: intervalOf(logOf(perEpoch.joules), spreadOf(perEpoch.joules)),
      };
      const [seconds, joules] = [Math.exp(logOf(perEpoch.seconds)), Math.exp(logOf(perEpoch.joules))];
      return [{ batchSize, powerLimitWatts, seconds, joules, within, known }];
    });
  });
  return points.toSorted((a, b) => a.batchSize - b.batchSize || a.powerLimitWatts - b.powerLimitWatts);
}

function measuredLimits({ here }: Measurements): readonly number[] {
  return [...new Set(here.sizes.flatMap(({ profile }) => profile.map((of) => of.powerLimitWatts)))];
}

/** The policy's own curves over batch sizes, through what was measured at one limit alone. */
function believeEpochAt(powerLimitWatts: number, measurements: Measurements, parameters: Parameters) {
  const sizes = measurements.here.sizes.flatMap((of) => {
    const profile = of.profile.filter((measured) => measured.powerLimitWatts === powerLimitWatts);
    return profile.length === 0 ? [] : [{ ...of, profile }];
  });
  const alone = { ...measurements, here: { ...measurements.here, sizes }, elsewhere: null };
  const paces = alone.grid.sizes.map(() => ({ kind: 'free' }) as const);
  // With η 1 the cost of an epoch is its energy.
  const { cost: joules } = believeEpochCosts(alone, 1, paces, parameters);
  return {
    joules,
    seconds: believeFullSpeed(alone, parameters),
    measured: new Set(sizes.map(({ index }) => index)),
  };
}

function intervalOf(log: number, sd: number): Interval {
  return { low: Math.exp(log - z90 * sd), high: Math.exp(log + z90 * sd) };
}
