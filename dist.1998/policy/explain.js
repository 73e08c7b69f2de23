"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.reasonFor = reasonFor;
const choose_1 = require("./choose");
const incumbent_1 = require("./incumbent");
function reasonFor(choice, of) {
    const { mode, belief, trial } = choice;
    const batch = `Batch size ${belief.batchSize}`;
    switch (mode) {
        case 'first':
            return `${batch}: ${firstReason(belief, of)}.`;
        case 'pinned':
            return `${batch}: pinned by the operator${pinWarning(belief, of)}; its outcome will still be learned from${stop(choice, of)}.`;
        case 'retry':
            return `${batch}: retries a run of this recurrence that failed; a retry never explores: ${retryReason(belief, of)}.`;
        case 'exploit':
            return `${batch}: ${boundReason(belief, of) ?? `lowest expected cost; ${noTrialReason(of)}`}${unmeasured(of)}.`;
        case 'explore':
            return `Trying batch size ${belief.batchSize}: ${trial ? trialReason(trial, of) : ''}${stop(choice, of)}.`;
    }
}
/** Only sizes that never converged are held to the incumbent. */
function stop({ belief, costCeilingJoules }, { incumbent }) {
    if (belief.proven || incumbent === null || costCeilingJoules === null)
        return '';
    const times = Number((costCeilingJoules / incumbent.costJoules).toFixed(2));
    return `; it never converged yet, so it is stopped if it costs ${times} times a run at ${incumbent.batchSize}`;
}
function firstReason(belief, { ask, beliefs }) {
    const isDefault = belief.batchSize === ask.job.defaultBatchSize;
    if (belief.ruledOut !== null)
        return 'every batch size has failed or does not fit this GPU; check the target, the epoch limit and the GPU memory';
    if (isDefault)
        return 'the default, since no run has converged yet';
    const known = beliefs.epochsKnown ? `no size that has converged fits ${ask.gpus.model}` : 'no run has converged yet';
    return `${known} and the default failed; of the sizes that failed least, this is the nearest to it`;
}
function pinWarning(belief, { ask, beliefs }) {
    const { deadlineSeconds } = ask.objective;
    if (belief.ruledOut !== null)
        return ` although ${belief.ruledOut}`;
    return beliefs.epochsKnown && !(0, incumbent_1.meetsDeadline)(belief, deadlineSeconds)
        ? ` although it may miss the deadline of ${deadlineSeconds} s`
        : '';
}
function retryReason(belief, of) {
    if (of.incumbent === null)
        return firstReason(belief, of);
    return boundReason(belief, of) ?? 'lowest expected cost among the sizes that have converged';
}
/** Where a bound of the objective cannot be kept, that is the news. */
function boundReason(belief, { ask, beliefs }) {
    const { deadlineSeconds, maxSlowdown } = ask.objective;
    if (!(0, incumbent_1.meetsDeadline)(belief, deadlineSeconds)) {
        const late = beliefs.joulesKnown ? `; it may take ${Math.ceil(belief.soonestLateSeconds)} s` : '';
        return `the fastest, and yet no batch size is sure enough (95 %) to end within the deadline of ${deadlineSeconds} s${late}`;
    }
    if ((0, incumbent_1.keepsSlowdown)(belief, beliefs.slowdownSeconds))
        return null;
    const beyond = `no batch size that has converged keeps the slow-down bound of ${maxSlowdown}`;
    return deadlineSeconds === undefined
        ? `the fastest; ${beyond}`
        : `lowest expected cost within the deadline; ${beyond}`;
}
function noTrialReason({ ask, beliefs, trials, parameters }) {
    if (!ask.exploration)
        return 'exploration is paused';
    if (ask.remainingRecurrences === 0)
        return 'no recurrence follows that could profit from a trial';
    const wanted = trials.some(({ score }) => score !== null && score > 0);
    if (wanted && (0, choose_1.unprovenInFlight)(beliefs, ask) >= parameters.maxUnproven)
        return 'another trial is still in flight';
    return 'no other batch size is worth the price of trying it now';
}
function unmeasured({ ask, beliefs }) {
    return beliefs.joulesKnown ? '' : `; nothing was measured on ${ask.gpus.model} yet, this run will be`;
}
function trialReason({ belief, gainJoules, priceJoules }, { ask, incumbent, horizon }) {
    if (incumbent === null)
        return '';
    const against = `a run at ${incumbent.batchSize}`;
    const { deadlineSeconds } = ask.objective;
    if (!(0, incumbent_1.meetsDeadline)(incumbent, deadlineSeconds))
        return `it should keep the deadline of ${deadlineSeconds} s, which ${against} may miss`;
    const difference = belief.costJoules / incumbent.costJoules - 1;
    const more = difference < 0 ? 'less' : 'more';
    const expected = `expected to cost ${percent(Math.abs(difference))} ${more} than ${against} (± ${percent(Math.sqrt(belief.variance))})`;
    const price = (priceJoules ?? 0) / incumbent.costJoules;
    if (price <= 0)
        return expected;
    const saving = percent((gainJoules ?? 0) / incumbent.costJoules);
    const runs = horizon === 1 ? 'the run' : `each of the ${Math.round(horizon)} runs`;
    return `${expected}, ${difference < 0 ? 'and' : 'but'} it may save ${saving} of ${runs} expected to follow, for a price of ${percent(price)} of one run`;
}
function percent(ratio) {
    return `${(100 * ratio).toFixed(ratio < 0.0995 ? 1 : 0)} %`;
}
//# sourceMappingURL=explain.js.map