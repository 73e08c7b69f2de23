/** Which batch size a run gets: the operator's, the first, the incumbent or a trial; and when the run is stopped. */
import type { Belief, Beliefs } from './beliefs';
import { at } from './gaussianProcess';
import { meetsDeadline } from './incumbent';
import { failedOf, type Memory } from './memory';
import type { Parameters } from './parameters';
import type { Ask, DecisionMode } from './policy';
import type { Trial } from './trials';

export interface Choice {
  readonly mode: DecisionMode;
  readonly belief: Belief;
  readonly costCeilingJoules: number | null;
  /** The trial that is taken, in mode `explore`. */
  readonly trial: Trial | null;
}

/** All that is known when a choice is made. Without an incumbent nothing is weighed, so there are no trials. */
export interface Circumstances {
  readonly memory: Memory;
  readonly ask: Ask;
  readonly beliefs: Beliefs;
  readonly incumbent: Belief | null;
  readonly trials: readonly Trial[];
  readonly horizon: number;
  readonly parameters: Parameters;
}

export function choose(of: Circumstances): Choice {
  const { ask, memory, beliefs, incumbent } = of;
  const retry = ask.attempt > 1;
  const pinned = beliefs.sizes.find(({ batchSize }) => batchSize === ask.pinnedBatchSize);
  if (pinned && !(retry && isHopeless(memory, pinned)))
    return { mode: 'pinned', belief: pinned, costCeilingJoules: pinCeiling(pinned, of), trial: null };
  if (incumbent === null) {
    const belief = firstChoice(memory, beliefs);
    return { mode: retry ? 'retry' : 'first', belief, costCeilingJoules: null, trial: null };
  }
  const trial = retry ? null : bestTrial(incumbent, of);
  const belief = trial?.belief ?? incumbent;
  const costCeilingJoules = beliefs.joulesKnown ? ceilingOf(belief, incumbent, of) : null;
  return { mode: trial ? 'explore' : retry ? 'retry' : 'exploit', belief, costCeilingJoules, trial };
}

/** It does not fit this GPU model, or has only ever failed: the operator's word is not worth a second run of a recurrence. */
function isHopeless(memory: Memory, { batchSize, proven, fits }: Belief): boolean {
  return !fits || (!proven && failedOf(memory, batchSize).failures > 0);
}

/** Before anything converged: the default, then what failed least and is nearest to it, then the smaller. */
function firstChoice(memory: Memory, beliefs: Beliefs): Belief {
  const rank = ({ batchSize, fits, ruledOut, doublings }: Belief) => [
    fits ? 0 : 1,
    ruledOut === null ? 0 : 1,
    failedOf(memory, batchSize).failures,
    Math.abs(doublings),
    batchSize,
  ];
  return beliefs.sizes.reduce((best, belief) => (precedes(rank(belief), rank(best)) ? belief : best));
}

function precedes(a: readonly number[], b: readonly number[]): boolean {
  const index = a.findIndex((value, i) => value !== b[i]);
  return index >= 0 && at(a, index) < at(b, index);
}

/** The best positive score. An incumbent that may miss the deadline yields to the cheapest size that should keep it. */
function bestTrial(incumbent: Belief, { ask, beliefs, trials, parameters }: Circumstances): Trial | null {
  if (!ask.exploration) return null;
  const mayTryUnproven = unprovenInFlight(beliefs, ask) < parameters.maxUnproven;
  const open = trials.filter(({ score, belief }) => score !== null && (belief.proven || mayTryUnproven));
  if (!meetsDeadline(incumbent, ask.objective.deadlineSeconds)) return greatest(open, costLow);
  if (ask.remainingRecurrences === 0) return null;
  return greatest(open.filter(isWorthTrying), scoreOf);
}

const costLow = ({ belief }: Trial) => -belief.costJoules;
const scoreOf = ({ score }: Trial) => score ?? 0;
const isWorthTrying = (trial: Trial) => scoreOf(trial) > 0;

/** Ties go to the smaller batch size. */
function greatest(trials: readonly Trial[], value: (trial: Trial) => number): Trial | null {
  return trials.reduce<Trial | null>((best, trial) => (best && value(best) >= value(trial) ? best : trial), null);
}

export function unprovenInFlight({ sizes }: Beliefs, { inFlight }: Ask): number {
  return sizes.filter(({ batchSize, trusted }) => !trusted && inFlight.includes(batchSize)).length;
}

/** Failures in a row after which a ceiling no longer doubles: by then it bounds nothing. */
const MOST_DOUBLINGS = 20;

/**
 * A proven size is held to its own prediction, which doubles with every failure in a row, so that a job that became dearer is
 * not stopped for ever. An unproven one is held to the incumbent's, unless only a deadline makes us take one that dear.
 */
function ceilingOf(belief: Belief, incumbent: Belief, { memory, parameters }: Circumstances): number {
  const { beta, betaProven } = parameters;
  if (!belief.proven && belief !== incumbent) {
    const ceiling = beta * incumbent.costJoules;
    return belief.costJoules <= ceiling ? ceiling : beta * belief.costJoules;
  }
  let ceiling = betaProven * belief.costJoules;
  for (let failure = Math.min(memory.failuresInARow, MOST_DOUBLINGS); failure > 0; failure--) ceiling *= 2;
  return ceiling;
}

/** The operator's word is bounded only where nobody knows what it costs, and never below what it is expected to. */
function pinCeiling(pinned: Belief, { beliefs, incumbent, parameters: { beta } }: Circumstances): number | null {
  if (pinned.proven || incumbent === null || !beliefs.joulesKnown) return null;
  return Math.max(2 * beta * incumbent.costJoules, beta * pinned.costJoules);
}
