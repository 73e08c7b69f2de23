/** What every batch size is worth now: the incumbent, and for the others the gain and the price of trying them. */
import type { Belief, Beliefs, Question } from './beliefs';
import { at } from './gaussianProcess';
import { logNormalBelow, normalDistribution } from './normal';
import type { Parameters } from './parameters';
import type { Ask } from './policy';

/** One row of the table. A `score` of null: it is the incumbent, or out of the question. */
export interface Trial {
  readonly belief: Belief;
  readonly gainJoules: number | null;
  readonly priceJoules: number | null;
  readonly score: number | null;
  readonly verdict: string;
}

/** The cheapest trusted size that keeps the deadline and the slow-down bound; where none does, the fastest. */
export function incumbentOf(beliefs: Beliefs, { objective }: Question): number | null {
  const eligible = indices(beliefs, ({ trusted, fits }) => trusted && fits);
  if (!beliefs.epochsKnown || eligible.length === 0) return null;
  const inTime = eligible.filter((index) => meetsDeadline(at(beliefs.sizes, index), objective.deadlineSeconds));
  const kept = inTime.filter((index) => keepsSlowdown(at(beliefs.sizes, index), beliefs.slowdownSeconds));
  if (kept.length > 0) return least(beliefs, kept, (belief) => belief.costJoules);
  if (objective.deadlineSeconds !== undefined && inTime.length > 0)
    return least(beliefs, inTime, (belief) => belief.costJoules);
  return least(beliefs, eligible, (belief) => belief.soonestLateSeconds);
}

function indices(beliefs: Beliefs, which: (belief: Belief) => boolean): number[] {
  return beliefs.sizes.flatMap((belief, index) => (which(belief) ? [index] : []));
}

/** Ties go to the smaller batch size. */
function least(beliefs: Beliefs, among: readonly number[], value: (belief: Belief) => number): number {
  return among.reduce((best, index) =>
    value(at(beliefs.sizes, index)) < value(at(beliefs.sizes, best)) ? index : best,
  );
}

/** The default batch size keeps a slow-down bound of 1 exactly. */
const ROUNDING = 1 + 1e-9;

/** At maximum power, if need be: the power limit is then chosen to keep the bound as well. */
export function meetsDeadline(belief: Belief, deadlineSeconds: number | undefined): boolean {
  return deadlineSeconds === undefined || belief.soonestLateSeconds <= deadlineSeconds * ROUNDING;
}

export function keepsSlowdown(belief: Belief, slowdownSeconds: number): boolean {
  return belief.soonestSeconds <= slowdownSeconds * ROUNDING;
}

/** Runs of this job that are still expected after this one. */
export function horizonOf(runs: number, { remainingRecurrences }: Ask, { horizon, horizonGrowth }: Parameters): number {
  return remainingRecurrences ?? Math.max(horizon, horizonGrowth * runs);
}

export function weighTrials(
  beliefs: Beliefs,
  incumbent: number,
  horizon: number,
  ask: Ask,
  parameters: Parameters,
): Trial[] {
  const best = at(beliefs.sizes, incumbent);
  const proven = beliefs.sizes.filter((belief) => belief.proven);
  return beliefs.sizes.map((belief, index): Trial => {
    const none = { belief, gainJoules: null, priceJoules: null, score: null };
    if (index === incumbent) return { ...none, verdict: 'incumbent' };
    const objection = objectionTo(belief, best, proven, beliefs, ask, parameters);
    if (objection !== null) return { ...none, verdict: objection };
    const gainJoules = knowledgeGradient(beliefs, index, incumbent, parameters);
    const priceJoules = priceOf(belief, best, beliefs, parameters);
    const score = horizon * gainJoules - priceJoules;
    const hopeless = !belief.proven && belief.costJoules > parameters.beta * best.costJoules;
    const verdict = score > 0 && !hopeless ? 'worth trying' : 'not worth trying';
    return { belief, gainJoules, priceJoules, score: hopeless ? Math.min(score, 0) : score, verdict };
  });
}

/** Why a size is not even weighed, or null. */
function objectionTo(
  belief: Belief,
  incumbent: Belief,
  proven: readonly Belief[],
  beliefs: Beliefs,
  { inFlight, objective }: Ask,
  { trustDoublings, maxEpochCostSd }: Parameters,
): string | null {
  const distance = (other: Belief) => Math.abs(other.doublings - belief.doublings);
  if (belief.ruledOut !== null) return belief.ruledOut;
  if (belief.logCostAtLeast > Math.log(incumbent.costJoules)) return 'ruled out: stopped run already cost more';
  if (inFlight.includes(belief.batchSize)) return 'in flight: its outcome is awaited';
  if (!proven.some((other) => distance(other) <= trustDoublings + 1e-9))
    return 'too far from a batch size that has converged';
  if (belief.epochCostSd > maxEpochCostSd) return 'out of reach: cost per epoch not measured nearby';
  if (!meetsDeadline(belief, objective.deadlineSeconds)) return 'too slow: may miss the deadline';
  if (!keepsSlowdown(belief, beliefs.slowdownSeconds)) return 'too slow: beyond the slow-down bound';
  return null;
}

/** Expected saving per later run if this size is tried once more: one-step look-ahead over the minimum of two costs. */
function knowledgeGradient(beliefs: Beliefs, index: number, incumbent: number, parameters: Parameters): number {
  const tried = at(beliefs.sizes, index);
  const best = at(beliefs.sizes, incumbent);
  const learned = tried.variance - beliefs.covariance(index, incumbent);
  const sd = Math.abs(learned) / sdOfRun(tried, beliefs, parameters);
  if (sd === 0) return Math.max(0, best.costJoules - tried.costJoules);
  const d = Math.log(best.costJoules / tried.costJoules) / sd + 0.5 * sd;
  return best.costJoules * normalDistribution(d) - tried.costJoules * normalDistribution(d - sd);
}

/** What trying it once costs more than an incumbent run; a trial that is stopped is followed by an incumbent run. */
function priceOf(belief: Belief, incumbent: Belief, beliefs: Beliefs, parameters: Parameters): number {
  if (belief.proven) return belief.costJoules - incumbent.costJoules;
  const ceiling = parameters.beta * incumbent.costJoules;
  const { partial, above } = logNormalBelow(ceiling, belief.logCost, sdOfRun(belief, beliefs, parameters));
  return partial + above * (ceiling + incumbent.costJoules) - incumbent.costJoules;
}

/** Of ln cost of one more run: how unsure we are, how runs differ, and that epochs are integers. */
function sdOfRun({ variance, epochs }: Belief, { runVariance }: Beliefs, { roundingSd }: Parameters): number {
  const rounding = roundingSd / epochs;
  return Math.sqrt(variance + runVariance + rounding * rounding);
}
