/** The batch size to stay with: the cheapest that is trusted and keeps the bounds of the objective. */
import type { Belief, Beliefs, Question } from './beliefs';

/** Where no trusted size keeps deadline and slow-down bound: the cheapest that keeps the deadline, else the fastest. */
export function incumbentOf({ sizes, epochsKnown, slowdownSeconds }: Beliefs, { objective }: Question): Belief | null {
  const { deadlineSeconds } = objective;
  if (!epochsKnown) return null;
  const trusted = sizes.filter((belief) => belief.trusted && belief.fits);
  const inTime = trusted.filter((belief) => meetsDeadline(belief, deadlineSeconds));
  const kept = inTime.filter((belief) => keepsSlowdown(belief, slowdownSeconds));
  if (kept.length > 0) return least(kept, (belief) => belief.costJoules);
  if (deadlineSeconds !== undefined && inTime.length > 0) return least(inTime, (belief) => belief.costJoules);
  return least(trusted, (belief) => belief.soonestLateSeconds);
}

/** Ties go to the smaller batch size; null of none. */
function least(among: readonly Belief[], value: (belief: Belief) => number): Belief | null {
  return among.reduce<Belief | null>((best, one) => (best && value(best) <= value(one) ? best : one), null);
}

/** The default batch size keeps a slow-down bound of 1 exactly. */
const ROUNDING = 1 + 1e-9;

/** At maximum power, if need be: the power limit is then chosen to keep the bound as well. */
export function meetsDeadline(belief: Belief, deadlineSeconds: number | undefined): boolean {
  return deadlineSeconds === undefined || belief.soonestLateSeconds <= deadlineSeconds * ROUNDING;
}

export function keepsSlowdown(belief: Belief, slowdownSeconds: number | null): boolean {
  return slowdownSeconds === null || belief.soonestSeconds <= slowdownSeconds * ROUNDING;
}
