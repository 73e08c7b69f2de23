"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.endingAfter = endingAfter;
/** How a run ends after an epoch: at its target, at the job's epoch limit, or before it gets too dear. No I/O. */
const cost_1 = require("../../policy/cost");
/** Undefined if it goes on. */
function endingAfter(standing, plan) {
    const { target, maxEpochs } = plan.spec;
    const { epoch, metric } = standing;
    if (!Number.isFinite(metric)) {
        const detail = `${target.metric} became ${metric} in epoch ${epoch}`;
        return { outcome: 'diverged', detail, reachedEpochLimit: false };
    }
    const reached = target.direction === 'atLeast' ? metric >= target.value : metric <= target.value;
    if (reached)
        return { outcome: 'converged', reachedEpochLimit: false };
    if (epoch >= maxEpochs)
        return { outcome: 'diverged', reachedEpochLimit: true };
    return wouldExceedCeiling(standing, plan) ? { outcome: 'tooDear', reachedEpochLimit: false } : undefined;
}
/** Zeus stops a run before the epoch that would pass the bound, not after it. */
function wouldExceedCeiling({ reading, running, wholeEpochs }, { decision, gpus }) {
    const ceiling = decision.costCeilingJoules;
    if (ceiling === null)
        return false;
    const { eta } = decision.objective;
    const maxPower = (0, cost_1.maxPowerWatts)(gpus);
    const soFar = (0, cost_1.zeusCostJoules)(reading.joules, reading.seconds, eta, maxPower);
    // While limits are profiled, the next epoch is like those before.
    const next = running === undefined ? soFar / wholeEpochs : (0, cost_1.epochCostJoules)(running, eta, maxPower);
    return soFar + next > ceiling;
}
//# sourceMappingURL=ending.js.map