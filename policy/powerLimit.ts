/** The best power limit of a measured batch size, and Zeus's four selectors. */
import { epochCostJoules } from './cost';
import type { PowerMeasurement } from './facts';

/** How slow an epoch may be. `fastest` is for runs that must not be late when nothing better is known. */
export type Pace =
  | { readonly kind: 'free' }
  | { readonly kind: 'atMost'; readonly secondsPerEpoch: number }
  | { readonly kind: 'ofMaximumPower'; readonly factor: number }
  | { readonly kind: 'fastest' };

/** One measurement out of a profile. The profile is not empty and belongs to one batch size and GPU model. */
export type Selector = (profile: readonly PowerMeasurement[]) => PowerMeasurement;

/** The least of `value`; ties go to the higher limit, which is the earlier one in a profile taken from high to low. */
function least(profile: readonly PowerMeasurement[], value: (at: PowerMeasurement) => number): PowerMeasurement {
  const highestFirst = profile.toSorted((a, b) => b.powerLimitWatts - a.powerLimitWatts);
  return first(highestFirst, value);
}

/** The least of `value`; of several, the first. */
function first(ordered: readonly PowerMeasurement[], value: (at: PowerMeasurement) => number): PowerMeasurement {
  return ordered.reduce((best, at) => (value(at) < value(best) ? at : best));
}

/** Zeus's `Energy`: fewest joules an epoch. */
export const leastEnergy: Selector = (profile) => least(profile, (at) => at.averageWatts * at.secondsPerEpoch);

/** Zeus's `Time`: fewest seconds an epoch; may lie below the maximum limit. */
export const leastTime: Selector = (profile) => least(profile, (at) => at.secondsPerEpoch);

/** Zeus's `ZeusCost`: η·energy + (1 − η)·MAXPOWER·time. */
export function leastCost(eta: number, maxPower: number): Selector {
  return (profile) => least(profile, (at) => epochCostJoules(at, eta, maxPower));
}

/** Zeus's `MaxSlowdownConstraint`: the smallest limit at most `factor` (≥ 1) times slower than the highest limit. */
export function lowestWithinSlowdown(factor: number): Selector {
  return (profile) => {
    const bound = factor * highestLimit(profile).secondsPerEpoch;
    const allowed = profile.filter((at) => at.secondsPerEpoch <= bound);
    return allowed.reduce((lowest, at) => (at.powerLimitWatts < lowest.powerLimitWatts ? at : lowest));
  };
}

/**
 * The cheapest limit among those that keep the pace; the fastest where none does. Ties go to the lower limit: where time alone
 * counts, power that buys none is still saved.
 */
export function choosePowerLimit(eta: number, maxPower: number, pace: Pace): Selector {
  return (profile) => {
    const bound = boundSecondsPerEpoch(profile, pace);
    const allowed = bound === Infinity ? profile : profile.filter((at) => at.secondsPerEpoch <= bound);
    return allowed.length === 0 ? leastTime(profile) : cheapest(allowed, eta, maxPower);
  };
}

/** One pass and no copy: simulations ask this millions of times. */
function cheapest(allowed: readonly PowerMeasurement[], eta: number, maxPower: number): PowerMeasurement {
  const cost = (at: PowerMeasurement): number => epochCostJoules(at, eta, maxPower);
  return allowed.reduce((best, at) => {
    const saved = cost(best) - cost(at);
    return saved > 0 || (saved === 0 && at.powerLimitWatts < best.powerLimitWatts) ? at : best;
  });
}

function boundSecondsPerEpoch(profile: readonly PowerMeasurement[], pace: Pace): number {
  switch (pace.kind) {
    case 'free':
      return Infinity;
    case 'atMost':
      return pace.secondsPerEpoch;
    case 'ofMaximumPower':
      return pace.factor * highestLimit(profile).secondsPerEpoch;
    case 'fastest':
      return leastTime(profile).secondsPerEpoch;
  }
}

function highestLimit(profile: readonly PowerMeasurement[]): PowerMeasurement {
  return profile.reduce((highest, at) => (at.powerLimitWatts > highest.powerLimitWatts ? at : highest));
}
