/**
 * η moved with the grid: Zeus's cost, with energy priced at the carbon intensity, or electricity price, of the moment. Everything is
 * said in η, so the limit is still chosen by Zeus's cost. A ratio is a signal over its slow reference.
 */
import { epochCostJoules } from './cost';
import type { PowerMeasurement } from './facts';
import { choosePowerLimit, type Pace } from './powerLimit';

/** A run as the grid sees it: the profile of its batch size, and the job's own η. */
export interface Weighing {
  readonly profile: readonly PowerMeasurement[];
  readonly eta: number;
  readonly maxPowerWatts: number;
}

/** `chase` is equation 6 of Chase (Yang et al. 2023), `static` never moves η: both to compare with. */
export const gridPolicies = ['wattbandit', 'chase', 'static'] as const;
export type GridPolicy = (typeof gridPolicies)[number];

/** What is known of the signal; null: not known. The reference is what the policy compares with. */
export interface SlotSignals {
  readonly now: number | null;
  /** When the run will end. */
  readonly atEnd: number | null;
  readonly reference: number | null;
}

/** η for one slot of the grid; the run's own where there is nothing to compare, as with a price that is nothing on average. */
export function etaInSlot(run: Weighing, policy: GridPolicy, { now, atEnd, reference }: SlotSignals): number {
  if (policy === 'static' || now === null || reference === null || reference <= 0) return run.eta;
  const ratio = ratioOf(now, reference);
  if (policy === 'chase' || atEnd === null) return etaAtRatio(run.eta, ratio);
  return etaTowardsEnd(run, ratio, ratioOf(atEnd, reference));
}

/** A price may be nothing or less, and nobody divides by that: below a hundredth of the reference a run goes about as fast as it can. */
export function ratioOf(signal: number, reference: number): number {
  return Math.max(signal / reference, leastRatio);
}

const leastRatio = 0.01;

/** odds(η_t) = odds(η)·ratio. A ratio of 1 gives exactly η. */
export function etaAtRatio(eta: number, ratio: number): number {
  return (eta * ratio) / (eta * ratio + (1 - eta));
}

/**
 * An epoch done now spares one at the end of the run, and is worth what that one would cost: its energy at the signal of that hour,
 * and its time. This is the optimum's own condition: with one price of time for all runs, stopping an instant later must neither
 * gain nor lose. Where the signal stays as it is, it is `etaAtRatio`.
 */
export function etaTowardsEnd(run: Weighing, ratioNow: number, ratioAtEnd: number): number {
  const etaAtEnd = etaAtRatio(run.eta, ratioAtEnd);
  if (ratioAtEnd === ratioNow || etaAtEnd === 0) return etaAtRatio(run.eta, ratioNow);
  return etaForValue(run, (valueOfEpochJoules(run, etaAtEnd) * ratioAtEnd) / ratioNow);
}

/** What an epoch costs at the best limit, in joules of the moment; time counts as the energy that η says it is worth. */
function valueOfEpochJoules({ profile, maxPowerWatts }: Weighing, eta: number): number {
  return profile.reduce((least, at) => Math.min(least, epochCostJoules(at, eta, maxPowerWatts)), Infinity) / eta;
}

/**
 * The η under which Zeus's cost picks the limit that gains most: value · epochs − energy, per second. At most 1: below the limit of
 * least energy nothing is worth its time.
 */
export function etaForValue({ profile, maxPowerWatts }: Weighing, joulesPerEpoch: number): number {
  const gainWatts = profile.reduce(
    (most, at) => Math.max(most, joulesPerEpoch / at.secondsPerEpoch - at.averageWatts),
    0,
  );
  return maxPowerWatts / (maxPowerWatts + gainWatts);
}

/** The limit at that η. */
export function limitAt(
  { profile, maxPowerWatts }: Weighing,
  eta: number,
  pace: Pace = { kind: 'free' },
): PowerMeasurement {
  return choosePowerLimit(eta, maxPowerWatts, pace)(profile);
}
