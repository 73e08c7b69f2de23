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

export function keepsSlowdown(belief: Belief, slowdownSeconds: number | null): boolean {
  return slowdownSeconds === null || belief.soonestSeconds <= slowdownSeconds * ROUNDING;
}

/** Runs of this job that are still expected after this one. */
export function horizonOf(runs: number, { remainingRecurrences }: Ask, { horizon, horizonGrowth }: Parameters): number {
  return remainingRecurrences ?? Math.max(horizon, horizonGrowth * runs);
}

interface Weighing {
  readonly beliefs: Beliefs;
  /** By index. */
  readonly incumbent: number;
  readonly horizon: number;
  readonly ask: Ask;
  readonly parameters: Parameters;
}

export function weighTrials(weighing: Weighing): Trial[] {
  const { beliefs, incumbent, horizon, parameters } = weighing;
  const ceiling = parameters.beta * at(beliefs.sizes, incumbent).costJoules;
  return beliefs.sizes.map((belief, index): Trial => {
    const none = { belief, gainJoules: null, priceJoules: null, score: null };
    if (index === incumbent) return { ...none, verdict: 'incumbent' };
    const objection = objectionTo(belief, weighing);
    if (objection !== null) return { ...none, verdict: objection };
    const converges = chanceToConverge(belief, weighing);
    const gainJoules = converges * knowledgeGradient(index, weighing);
    const priceJoules = converges * priceOf(belief, weighing) + (1 - converges) * ceiling;
    const wouldBeStopped = !belief.proven && belief.costJoules > ceiling;
    const worth = horizon * gainJoules - priceJoules;
    const score = wouldBeStopped ? Math.min(worth, 0) : worth;
    return { belief, gainJoules, priceJoules, score, verdict: score > 0 ? 'worth trying' : 'not worth trying' };
  });
}

/**
 * Beyond some batch size, small or large, a network does not reach its target at all. Such cliffs show in no curve: they are
 * as likely in each doubling between a size and the nearest proven one. A trial that meets one pays the whole ceiling.
 */
function chanceToConverge(belief: Belief, { beliefs, parameters }: Weighing): number {
  return Math.exp(-parameters.cliffsPerDoubling * distanceToProven(belief, beliefs));
}

/** Why a size is not even weighed, or null. */
function objectionTo(belief: Belief, { beliefs, incumbent, ask, parameters }: Weighing): string | null {
  const best = at(beliefs.sizes, incumbent);
  if (belief.ruledOut !== null) return belief.ruledOut;
  if (belief.logCostAtLeast !== null && belief.logCostAtLeast > Math.log(best.costJoules))
    return 'ruled out: stopped run already cost more';
  if (ask.inFlight.includes(belief.batchSize)) return 'in flight: its outcome is awaited';
  if (!isNearProven(belief, beliefs, parameters)) return 'too far from a batch size that has converged';
  if (belief.epochCostSd > parameters.maxEpochCostSd) return 'out of reach: cost per epoch not measured nearby';
  if (!meetsDeadline(belief, ask.objective.deadlineSeconds)) return 'too slow: may miss the deadline';
  if (!keepsSlowdown(belief, beliefs.slowdownSeconds)) return 'too slow: beyond the slow-down bound';
  return null;
}

function isNearProven(belief: Belief, beliefs: Beliefs, { trustDoublings }: Parameters): boolean {
  return distanceToProven(belief, beliefs) <= trustDoublings + 1e-9;
}

/** In doublings, to the nearest size that has converged. */
function distanceToProven({ doublings }: Belief, { sizes }: Beliefs): number {
  const distances = sizes.map((other) => (other.proven ? Math.abs(other.doublings - doublings) : Infinity));
  return Math.min(...distances);
}

/** Expected saving per later run if this size is tried once more: one-step look-ahead over the minimum of two costs. */
function knowledgeGradient(index: number, { beliefs, incumbent, parameters }: Weighing): number {
  const tried = at(beliefs.sizes, index);
  const best = at(beliefs.sizes, incumbent);
  const learned = tried.variance - beliefs.covariance(index, incumbent);
  const sd = Math.abs(learned) / sdOfRun(tried, beliefs, parameters);
  if (sd === 0) return Math.max(0, best.costJoules - tried.costJoules);
  const d = Math.log(best.costJoules / tried.costJoules) / sd + 0.5 * sd;
  return best.costJoules * normalDistribution(d) - tried.costJoules * normalDistribution(d - sd);
}

/** What trying it once costs more than an incumbent run; a trial that is stopped is followed by an incumbent run. */
function priceOf(belief: Belief, { beliefs, incumbent, parameters }: Weighing): number {
  const { costJoules } = at(beliefs.sizes, incumbent);
  if (belief.proven) return belief.costJoules - costJoules;
  const ceiling = parameters.beta * costJoules;
  const { partial, above } = logNormalBelow(ceiling, belief.logCost, sdOfRun(belief, beliefs, parameters));
  return partial + above * (ceiling + costJoules) - costJoules;
}

/** Of ln cost of one more run: how unsure we are, how runs differ, and that epochs are counted whole. */
function sdOfRun({ variance, epochs }: Belief, { runVariance }: Beliefs, { countSd }: Parameters): number {
  const counting = countSd / epochs;
  return Math.sqrt(variance + runVariance + counting * counting);
}
