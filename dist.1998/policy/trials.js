"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.horizonOf = horizonOf;
exports.weighTrials = weighTrials;
const incumbent_1 = require("./incumbent");
const normal_1 = require("./normal");
/** Runs of this job that are still expected after this one. */
function horizonOf(runs, { remainingRecurrences }, { horizon, horizonGrowth }) {
    return remainingRecurrences ?? Math.max(horizon, horizonGrowth * runs);
}
/** One row for each batch size. Costs in joules; `worth trying` where the saving over the horizon exceeds the price. */
function weighTrials(weighing) {
    const { beliefs, incumbent, horizon, parameters } = weighing;
    const ceiling = parameters.beta * incumbent.costJoules;
    return beliefs.sizes.map((belief) => {
        const none = { belief, gainJoules: null, priceJoules: null, score: null };
        if (belief === incumbent)
            return { ...none, verdict: 'incumbent' };
        const objection = objectionTo(belief, weighing);
        if (objection !== null)
            return { ...none, verdict: objection };
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
function chanceToConverge(belief, { beliefs, parameters }) {
    return Math.exp(-parameters.cliffsPerDoubling * distanceToProven(belief, beliefs));
}
/** Why a size is not even weighed, or null. */
function objectionTo(belief, { beliefs, incumbent, ask, parameters }) {
    if (belief.ruledOut !== null)
        return belief.ruledOut;
    if (belief.logCostAtLeast !== null && belief.logCostAtLeast > Math.log(incumbent.costJoules))
        return 'ruled out: stopped run already cost more';
    if (ask.inFlight.includes(belief.batchSize))
        return 'in flight: its outcome is awaited';
    if (!isNearProven(belief, beliefs, parameters))
        return 'too far from a batch size that has converged';
    if (belief.epochCostSd > parameters.maxEpochCostSd)
        return 'out of reach: cost per epoch not measured nearby';
    if (!(0, incumbent_1.meetsDeadline)(belief, ask.objective.deadlineSeconds))
        return 'too slow: may miss the deadline';
    if (!(0, incumbent_1.keepsSlowdown)(belief, beliefs.slowdownSeconds))
        return 'too slow: beyond the slow-down bound';
    return null;
}
function isNearProven(belief, beliefs, { trustDoublings }) {
    return distanceToProven(belief, beliefs) <= trustDoublings + 1e-9;
}
/** In doublings, to the nearest size that has converged, here or elsewhere. */
function distanceToProven({ doublings }, { sizes }) {
    const distances = sizes.map((other) => (other.converges ? Math.abs(other.doublings - doublings) : Infinity));
    return Math.min(...distances);
}
/**
 * Expected saving per later run if this size is tried once more: one-step look-ahead over the minimum of two log-normal costs
 * (P. Frazier, W. Powell, S. Dayanik, "A Knowledge-Gradient Policy for Sequential Information Collection", 2008).
 */
function knowledgeGradient(tried, { beliefs, incumbent, parameters }) {
    const learned = tried.variance - beliefs.covariance(tried, incumbent);
    const sd = Math.abs(learned) / sdOfRun(tried, beliefs, parameters);
    if (sd === 0)
        return Math.max(0, incumbent.costJoules - tried.costJoules);
    const d = Math.log(incumbent.costJoules / tried.costJoules) / sd + 0.5 * sd;
    return incumbent.costJoules * (0, normal_1.normalDistribution)(d) - tried.costJoules * (0, normal_1.normalDistribution)(d - sd);
}
/** What trying it once costs more than an incumbent run; a trial that is stopped is followed by an incumbent run. */
function priceOf(belief, { beliefs, incumbent, parameters }) {
    const { costJoules } = incumbent;
    if (belief.proven)
        return belief.costJoules - costJoules;
    const ceiling = parameters.beta * costJoules;
    const { partial, above } = (0, normal_1.logNormalBelow)(ceiling, belief.logCost, sdOfRun(belief, beliefs, parameters));
    return partial + above * (ceiling + costJoules) - costJoules;
}
/** Of ln cost of one more run: how unsure we are, how runs differ, and that epochs are counted whole. */
function sdOfRun({ variance, epochs }, { runVariance }, { countSd }) {
    const counting = countSd / epochs;
    return Math.sqrt(variance + runVariance + counting * counting);
}
//# sourceMappingURL=trials.js.map