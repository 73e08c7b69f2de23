/** What is believed of an epoch at each batch size on one GPU model: its cost under an objective, and its speed. */
import { epochCostJoules } from './cost';
import type { PowerMeasurement } from './facts';
import { at, condition, covarianceOf, type Gaussian } from './gaussianProcess';
import type { GpuMeasurements, Measured, Measurements } from './measurements';
import type { Parameters } from './parameters';
import { choosePowerLimit, type Pace } from './powerLimit';

/** By index of the grid. */
export interface EpochCostBelief {
  /** ln joules of Zeus cost per epoch. */
  readonly cost: Gaussian;
  /** The limit that costs least at its pace; null where nothing was measured on this GPU model. */
  readonly chosen: readonly (PowerMeasurement | null)[];
}

/** `paces` says how slow the chosen limit may be, by index of the grid. */
export function believeEpochCosts(
  measurements: Measurements,
  eta: number,
  paces: readonly Pace[],
  parameters: Parameters,
): EpochCostBelief {
  const { grid, here } = measurements;
  const chosen: (PowerMeasurement | null)[] = grid.sizes.map(() => null);
  for (const { index, profile } of here.sizes)
    chosen[index] = choosePowerLimit(eta, here.maxPowerWatts, at(paces, index))(profile);
  const best = ({ index, profile }: Measured, gpu: GpuMeasurements) =>
    (gpu === here && chosen[index]) ||
    choosePowerLimit(eta, gpu.maxPowerWatts, paceElsewhere(at(paces, index)))(profile);
  const costOf: Value = (of, gpu) => epochCostJoules(best(of, gpu), eta, gpu.maxPowerWatts);
  return { cost: curve(measurements, costOf, parameters), chosen };
}

/** Seconds on one GPU model bound nothing on another. */
function paceElsewhere(pace: Pace): Pace {
  return pace.kind === 'atMost' ? { kind: 'free' } : pace;
}

/** ln seconds per epoch at maximum power; the mean is exact where it was measured. */
export function believeFullSpeed(measurements: Measurements, parameters: Parameters): Gaussian {
  const { mean, covariance } = curve(measurements, secondsAtFullPower, parameters);
  const exact = [...mean];
  for (const of of measurements.here.sizes) exact[of.index] = Math.log(secondsAtFullPower(of));
  return { mean: exact, covariance };
}

function secondsAtFullPower({ profile }: Measured): number {
  return profile.reduce((best, of) => (of.powerLimitWatts > best.powerLimitWatts ? of : best)).secondsPerEpoch;
}

/** A positive quantity of a measured size. */
type Value = (of: Measured, gpu: GpuMeasurements) => number;

/** ln of the value over all batch sizes, with the other GPU model's curve as a guess where there is one. */
function curve({ grid, here, elsewhere }: Measurements, value: Value, parameters: Parameters): Gaussian {
  const slope = slopePrior(grid.doublings, parameters);
  if (elsewhere === null) return curveThrough(here, slope, value, parameters);
  const guess = shapePrior(curveThrough(elsewhere, slope, value, parameters), grid.doublings, parameters);
  return curveThrough(here, guess, value, parameters);
}

/** The level is that of the measured sizes; only the shape comes from the prior. */
function curveThrough(
  gpu: GpuMeasurements,
  prior: Gaussian,
  value: Value,
  { profileSd, probeSd }: Parameters,
): Gaussian {
  if (gpu.sizes.length === 0) return prior;
  const data = gpu.sizes.map((of) => {
    const sd = of.swept ? profileSd : probeSd;
    return { index: of.index, value: Math.log(value(of, gpu)), variance: sd * sd };
  });
  let level = 0;
  for (const datum of data) level += (datum.value - at(prior.mean, datum.index)) / data.length;
  return condition({ mean: prior.mean.map((shape) => shape + level), covariance: prior.covariance }, data);
}

function slopePrior(doublings: readonly number[], parameters: Parameters): Gaussian {
  const kernel = {
    levelVariance: parameters.epochCostLevelVariance,
    slopeSd: parameters.epochCostSlopeSd,
    smoothSd: parameters.epochCostSmoothSd,
    smoothLength: parameters.epochCostSmoothLength,
    ownVariance: parameters.epochCostOwnVariance,
  };
  return { mean: doublings.map((x) => parameters.epochCostSlope * x), covariance: covarianceOf(kernel, doublings) };
}

/** The curve of the other GPU model, at an unknown level and give or take a smooth difference. */
function shapePrior(theirs: Gaussian, doublings: readonly number[], parameters: Parameters): Gaussian {
  const difference = {
    levelVariance: parameters.epochCostLevelVariance,
    slopeSd: 0,
    smoothSd: parameters.otherModelSd,
    smoothLength: parameters.epochCostSmoothLength,
    ownVariance: parameters.epochCostOwnVariance,
  };
  const covariance = covarianceOf(difference, doublings).map((row, i) =>
    row.map((value, j) => value + at(at(theirs.covariance, i), j)),
  );
  return { mean: theirs.mean, covariance };
}
