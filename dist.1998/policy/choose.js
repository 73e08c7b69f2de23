"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.choose = choose;
exports.unprovenInFlight = unprovenInFlight;
const gaussianProcess_1 = require("./gaussianProcess");
const incumbent_1 = require("./incumbent");
const memory_1 = require("./memory");
function choose(of) {
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
function isHopeless(memory, { batchSize, proven, fits }) {
    return !fits || (!proven && (0, memory_1.failedOf)(memory, batchSize).failures > 0);
}
/** Before anything converged: the default, then what failed least and is nearest to it, then the smaller. */
function firstChoice(memory, beliefs) {
    const rank = ({ batchSize, fits, ruledOut, doublings }) => [
        fits ? 0 : 1,
        ruledOut === null ? 0 : 1,
        (0, memory_1.failedOf)(memory, batchSize).failures,
        Math.abs(doublings),
        batchSize,
    ];
    return beliefs.sizes.reduce((best, belief) => (precedes(rank(belief), rank(best)) ? belief : best));
}
function precedes(a, b) {
    const index = a.findIndex((value, i) => value !== b[i]);
    return index >= 0 && (0, gaussianProcess_1.at)(a, index) < (0, gaussianProcess_1.at)(b, index);
}
/** The best positive score. An incumbent that may miss the deadline yields to the cheapest size that should keep it. */
function bestTrial(incumbent, { ask, beliefs, trials, parameters }) {
    if (!ask.exploration)
        return null;
    const mayTryUnproven = unprovenInFlight(beliefs, ask) < parameters.maxUnproven;
    const open = trials.filter(({ score, belief }) => score !== null && (belief.proven || mayTryUnproven));
    if (!(0, incumbent_1.meetsDeadline)(incumbent, ask.objective.deadlineSeconds))
        return greatest(open, costLow);
    if (ask.remainingRecurrences === 0)
        return null;
    return greatest(open.filter(isWorthTrying), scoreOf);
}
const costLow = ({ belief }) => -belief.costJoules;
const scoreOf = ({ score }) => score ?? 0;
const isWorthTrying = (trial) => scoreOf(trial) > 0;
/** Ties go to the smaller batch size. */
function greatest(trials, value) {
    return trials.reduce((best, trial) => (best && value(best) >= value(trial) ? best : trial), null);
}
function unprovenInFlight({ sizes }, { inFlight }) {
    return sizes.filter(({ batchSize, trusted }) => !trusted && inFlight.includes(batchSize)).length;
}
/** Failures in a row after which a ceiling no longer doubles: by then it bounds nothing. */
const MOST_DOUBLINGS = 20;
/**
 * A proven size is held to its own prediction, which doubles with every failure in a row, so that a job that became dearer is
 * not stopped for ever. An unproven one is held to the incumbent's, unless only a deadline makes us take one that dear.
 */
function ceilingOf(belief, incumbent, { memory, parameters }) {
    const { beta, betaProven } = parameters;
    if (!belief.proven && belief !== incumbent) {
        const ceiling = beta * incumbent.costJoules;
        return belief.costJoules <= ceiling ? ceiling : beta * belief.costJoules;
    }
    let ceiling = betaProven * belief.costJoules;
    for (let failure = Math.min(memory.failuresInARow, MOST_DOUBLINGS); failure > 0; failure--)
        ceiling *= 2;
    return ceiling;
}
/** The operator's word is bounded only where nobody knows what it costs, and never below what it is expected to. */
function pinCeiling(pinned, { beliefs, incumbent, parameters: { beta } }) {
    if (pinned.proven || incumbent === null || !beliefs.joulesKnown)
        return null;
    return Math.max(2 * beta * incumbent.costJoules, beta * pinned.costJoules);
}
//# sourceMappingURL=choose.js.map