/** What trying each batch size is worth now: what it may save over the runs to come, and its price. */
import type { Belief, Beliefs } from './beliefs';
import { keepsSlowdown, meetsDeadline } from './incumbent';
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

/** Runs of this job that are still expected after this one. */
export function horizonOf(runs: number, { remainingRecurrences }: Ask, { horizon, horizonGrowth }: Parameters): number {
  return remainingRecurrences ?? Math.max(horizon, horizonGrowth * runs);
}

interface Weighing {
  readonly beliefs: Beliefs;
  readonly incumbent: Belief;
  readonly horizon: number;
  readonly ask: Ask;
  readonly parameters: Parameters;
}

/** One row for each batch size. Costs in joules; `worth trying` where the saving over the horizon exceeds the price. */
export function weighTrials(weighing: Weighing): Trial[] {
  const { beliefs, incumbent, horizon, parameters } = weighing;
  const ceiling = parameters.beta * incumbent.costJoules;
  return beliefs.sizes.map((belief): Trial => {
    const none = { belief, gainJoules: null, priceJoules: null, score: null };
    if (belief === incumbent) return { ...none, verdict: 'incumbent' };
    const objection = objectionTo(belief, weighing);
    if (objection !== null) return { ...none, verdict: objection };
    const converges = chanceToConverge(belief, weighing);
    const gainJoules = converges * knowledgeGradient(belief, weighing);
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
  if (belief.ruledOut !== null) return belief.ruledOut;
  if (belief.logCostAtLeast !== null && belief.logCostAtLeast > Math.log(incumbent.costJoules))
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

/** In doublings, to the nearest size that has converged, here or elsewhere. */
function distanceToProven({ doublings }: Belief, { sizes }: Beliefs): number {
  const distances = sizes.map((other) => (other.converges ? Math.abs(other.doublings - doublings) : Infinity));
  return Math.min(...distances);
}

/**
 * Expected saving per later run if this size is tried once more: one-step look-ahead over the minimum of two log-normal costs
 * (P. Frazier, W. Powell, S. Dayanik, "A Knowledge-Gradient Policy for Sequential Information Collection", 2008).
 */
function knowledgeGradient(tried: Belief, { beliefs, incumbent, parameters }: Weighing): number {
  const learned = tried.variance - beliefs.covariance(tried, incumbent);
  const sd = Math.abs(learned) / sdOfRun(tried, beliefs, parameters);
  if (sd === 0) return Math.max(0, incumbent.costJoules - tried.costJoules);
  const d = Math.log(incumbent.costJoules / tried.costJoules) / sd + 0.5 * sd;
  return incumbent.costJoules * normalDistribution(d) - tried.costJoules * normalDistribution(d - sd);
}

/** What trying it once costs more than an incumbent run; a trial that is stopped is followed by an incumbent run. */
function priceOf(belief: Belief, { beliefs, incumbent, parameters }: Weighing): number {
  const { costJoules } = incumbent;
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
