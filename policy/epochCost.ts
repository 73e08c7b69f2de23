/** What is believed of an epoch at each batch size on one GPU model: its cost under an objective, and its seconds. */
import { epochCostJoules, maxPowerWatts } from './cost';
import type { Grid } from './epochs';
import type { Gpus, PowerMeasurement } from './facts';
import { at, condition, covarianceOf, type Gaussian } from './gaussianProcess';
import { gpuOf, type Memory, type SizeFacts } from './memory';
import type { Parameters } from './parameters';
import { choosePowerLimit, type Pace } from './powerLimit';

/** One measured batch size: its profile under the settable limits, and whether that profile is whole. */
export interface Measured {
  readonly index: number;
  readonly swept: boolean;
  readonly profile: readonly PowerMeasurement[];
}

export interface EpochCostBelief {
  /** ln joules of Zeus cost per epoch. */
  readonly cost: Gaussian;
  /** ln seconds per epoch at the limit that was chosen for the cost. */
  readonly seconds: Gaussian;
  /** By index of the grid; null where nothing was measured on this GPU model. */
  readonly chosen: readonly (PowerMeasurement | null)[];
}

/** The measured sizes of a GPU model; limits that may no longer be set are left out, unless no others are known. */
export function measuredOn(memory: Memory, gpus: Gpus, grid: Grid): Measured[] {
  const { sizes } = gpuOf(memory, gpus.model);
  return grid.sizes.flatMap((batchSize, index) => {
    const facts = sizes[batchSize];
    if (facts === undefined) return [];
    const all = profileOf(batchSize, facts);
    const settable = all.filter((measured) => gpus.powerLimitsWatts.includes(measured.powerLimitWatts));
    return settable.length > 0
      ? [{ index, swept: facts.swept, profile: settable }]
      : [{ index, swept: false, profile: all }];
  });
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

export function believeEpochCosts(
  memory: Memory,
  gpus: Gpus,
  eta: number,
  grid: Grid,
  paces: readonly Pace[],
  parameters: Parameters,
): EpochCostBelief {
  const maxPower = maxPowerWatts(gpus);
  const measured = measuredOn(memory, gpus, grid);
  const chosen: (PowerMeasurement | null)[] = grid.sizes.map(() => null);
  for (const { index, profile } of measured) chosen[index] = choosePowerLimit(eta, maxPower, at(paces, index))(profile);
  const best = ({ index, profile }: Measured) => chosen[index] ?? at(profile, 0);
  const other = measured.length < parameters.warmStartBelow ? otherModel(memory, gpus, grid, measured.length) : null;
  const through = (value: Value) => {
    const prior = other ? priorFromOtherModel(other, eta, grid, value, parameters) : slopePrior(grid, parameters);
    return curveThrough(measured, prior, (of) => value(best(of), maxPower), parameters);
  };
  return { cost: through((of, power) => epochCostJoules(of, eta, power)), seconds: through(secondsOf), chosen };
}

/** ln seconds per epoch at the highest measured limit: what the slow-down is counted from. */
export function believeFullSpeed(memory: Memory, gpus: Gpus, grid: Grid, parameters: Parameters): Gaussian {
  const measured = measuredOn(memory, gpus, grid);
  const other = measured.length < parameters.warmStartBelow ? otherModel(memory, gpus, grid, measured.length) : null;
  const prior = other ? priorFromOtherModel(other, 0, grid, secondsOf, parameters) : slopePrior(grid, parameters);
  return curveThrough(measured, prior, ({ profile }) => highest(profile).secondsPerEpoch, parameters);
}

type Value = (of: PowerMeasurement, maxPower: number) => number;

const secondsOf: Value = (of) => of.secondsPerEpoch;

function highest(profile: readonly PowerMeasurement[]): PowerMeasurement {
  return profile.reduce((best, of) => (of.powerLimitWatts > best.powerLimitWatts ? of : best));
}

/** A curve in logarithms; its level is that of the measured sizes, only its shape comes from the prior. */
function curveThrough(
  measured: readonly Measured[],
  prior: Gaussian,
  value: (of: Measured) => number,
  { profileSd, probeSd }: Parameters,
): Gaussian {
  if (measured.length === 0) return prior;
  const data = measured.map((of) => {
    const sd = of.swept ? profileSd : probeSd;
    return { index: of.index, value: Math.log(value(of)), variance: sd * sd };
  });
  let level = 0;
  for (const datum of data) level += (datum.value - at(prior.mean, datum.index)) / data.length;
  return condition({ mean: prior.mean.map((shape) => shape + level), covariance: prior.covariance }, data);
}

function slopePrior({ doublings }: Grid, parameters: Parameters): Gaussian {
  const kernel = {
    levelVariance: parameters.epochCostLevelVariance,
    slopeSd: parameters.epochCostSlopeSd,
    smoothSd: parameters.epochCostSmoothSd,
    smoothLength: parameters.epochCostSmoothLength,
    ownVariance: parameters.epochCostOwnVariance,
  };
  return { mean: doublings.map((x) => parameters.epochCostSlope * x), covariance: covarianceOf(kernel, doublings) };
}

interface OtherModel {
  readonly measured: readonly Measured[];
  readonly maxPower: number;
}

/** The GPU model with the most measured sizes, if it has more than this one; its own highest limit is its MAXPOWER. */
function otherModel(memory: Memory, gpus: Gpus, grid: Grid, atLeast: number): OtherModel | null {
  let best: OtherModel | null = null;
  for (const model of Object.keys(memory.gpus).sort()) {
    if (model === gpus.model) continue;
    const powerLimitsWatts = limitsMeasuredOn(memory, model);
    const measured = measuredOn(memory, { model, count: gpus.count, powerLimitsWatts }, grid);
    if (measured.length <= Math.max(atLeast, best?.measured.length ?? 0)) continue;
    best = { measured, maxPower: Math.max(...powerLimitsWatts) * gpus.count };
  }
  return best;
}

function limitsMeasuredOn(memory: Memory, model: string): number[] {
  return Object.values(gpuOf(memory, model).sizes).flatMap(({ limits }) => Object.keys(limits).map(Number));
}

/** The other model's curve, at an unknown level and give or take a smooth difference. */
function priorFromOtherModel(
  other: OtherModel,
  eta: number,
  grid: Grid,
  value: Value,
  parameters: Parameters,
): Gaussian {
  const select = choosePowerLimit(eta, other.maxPower, { kind: 'free' });
  const valueOf = ({ profile }: Measured) => value(select(profile), other.maxPower);
  const theirs = curveThrough(other.measured, slopePrior(grid, parameters), valueOf, parameters);
  const difference = covarianceOf(
    {
      levelVariance: parameters.epochCostLevelVariance,
      slopeSd: 0,
      smoothSd: parameters.otherModelSd,
      smoothLength: parameters.epochCostSmoothLength,
      ownVariance: parameters.epochCostOwnVariance,
    },
    grid.doublings,
  );
  const covariance = theirs.covariance.map((row, i) => row.map((v, j) => v + at(at(difference, i), j)));
  return { mean: theirs.mean, covariance };
}
