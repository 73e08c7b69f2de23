/** The trade-off of a job: time and energy of a run at each batch size and power limit, as the policy believes them. */
import { believeEpochCosts, believeFullSpeed } from './epochCost';
import { believeEpochs, gridFor, type EpochBelief } from './epochs';
import type { Gpus, Job } from './facts';
import { at, type Gaussian, varianceAt } from './gaussianProcess';
import { type Measured, measurementsFor } from './measurements';
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
  /** Expected of a run that converges; runs that fail are not in it. */
  readonly seconds: number;
  readonly joules: number;
  /** Null where nobody can tell. */
  readonly within: { readonly seconds: Interval; readonly joules: Interval } | null;
  /** Runs of this size converged, and this limit was measured with it; everything else is a prediction. */
  readonly known: boolean;
}

/** Two-sided, of a standard normal distribution. */
const z90 = 1.645;

/** What all points rest on; lists are by index of the grid. */
interface Basis {
  readonly epochs: EpochBelief;
  /** ln seconds and ln joules of an epoch at full speed. */
  readonly seconds: Gaussian;
  readonly joules: Gaussian;
  readonly highestWatts: number;
  readonly parameters: Parameters;
}

/**
 * By batch size and limit, ascending: every limit that was measured of a size, and of a size of which none was the highest one, which
 * is predicted by the curves that the policy decides by. Empty while no run has converged, or nothing was measured on this GPU model:
 * then nobody knows epochs, or joules.
 */
export function believedTradeOff(
  memory: Memory,
  { job, gpus }: { readonly job: Job; readonly gpus: Gpus },
  parameters: Parameters = defaults,
): readonly TradeOffPoint[] {
  const grid = gridFor(job);
  const measurements = measurementsFor(memory, gpus, grid, parameters);
  const convergedAt = (size: number) => convergedOf(memory, size).n > 0;
  if (measurements.here.sizes.length === 0 || !grid.sizes.some(convergedAt)) return [];
  const seconds = believeFullSpeed(measurements, parameters);
  const timed = timedData(memory, grid, { model: gpus.model, fullSpeed: seconds }, parameters);
  const paces = grid.sizes.map(() => ({ kind: 'fastest' }) as const);
  const basis = {
    epochs: believeEpochs(memory, grid, parameters, [], timed),
    seconds,
    // With η 1 the cost of an epoch is its energy.
    joules: believeEpochCosts(measurements, 1, paces, parameters).cost,
    highestWatts: Math.max(...gpus.powerLimitsWatts),
    parameters,
  };
  return grid.sizes.flatMap((batchSize, index): readonly TradeOffPoint[] => {
    if (!canHold(gpuOf(memory, gpus.model), batchSize)) return [];
    const measured = measurements.here.sizes.find((of) => of.index === index);
    if (measured === undefined) return [predictedPoint(batchSize, index, basis)];
    return measuredPoints(measured, convergedAt(batchSize), basis);
  });
}

function measuredPoints(
  { profile, swept, index }: Measured,
  known: boolean,
  { epochs, parameters }: Basis,
): readonly TradeOffPoint[] {
  const measuredSd = swept ? parameters.profileSd : parameters.probeSd;
  const log = at(epochs.mean, index);
  const variance = varianceAt(epochs, index) + measuredSd * measuredSd;
  const ofRun = (perEpoch: number) => amountOf(log + Math.log(perEpoch), variance, epochs.runVariance);
  return profile
    .toSorted((a, b) => a.powerLimitWatts - b.powerLimitWatts)
    .map(({ batchSize, powerLimitWatts, secondsPerEpoch, averageWatts }) => {
      const point = pointOf(ofRun(secondsPerEpoch), ofRun(secondsPerEpoch * averageWatts));
      return { batchSize, powerLimitWatts, known, ...point };
    });
}

function predictedPoint(
  batchSize: number,
  index: number,
  { epochs, seconds, joules, highestWatts }: Basis,
): TradeOffPoint {
  const ofRun = (perEpoch: Gaussian) => {
    const log = at(epochs.mean, index) + at(perEpoch.mean, index);
    return amountOf(log, varianceAt(epochs, index) + varianceAt(perEpoch, index), epochs.runVariance);
  };
  return { batchSize, powerLimitWatts: highestWatts, known: false, ...pointOf(ofRun(seconds), ofRun(joules)) };
}

interface Amount extends Interval {
  readonly expected: number;
}

/**
 * By mean and variance of its logarithm. What is expected counts how unsure the belief is, as a decision does; runs lie around it with
 * a variance of their own.
 */
function amountOf(log: number, variance: number, runVariance: number): Amount {
  const spread = z90 * Math.sqrt(variance + runVariance);
  return { low: Math.exp(log - spread), expected: Math.exp(log + 0.5 * variance), high: Math.exp(log + spread) };
}

function pointOf(seconds: Amount, joules: Amount): Pick<TradeOffPoint, 'seconds' | 'joules' | 'within'> {
  const within = {
    seconds: { low: seconds.low, high: seconds.high },
    joules: { low: joules.low, high: joules.high },
  };
  return { seconds: seconds.expected, joules: joules.expected, within };
}
