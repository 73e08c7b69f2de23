"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.askUnder = askUnder;
exports.decisionUnder = decisionUnder;
/** The operator's word over the policy's: what it asks a policy, and what becomes of the answer. Pure. */
const override_1 = require("../policy/override");
function askUnder(ask, standing, last) {
    const { job, pinnedBatchSize = ask.pinnedBatchSize } = { job: (0, override_1.jobUnder)(ask.job, standing), ...standing };
    const pinned = !standing.tuning ? ask.job.defaultBatchSize : standing.frozen ? last?.batchSize : pinnedBatchSize;
    return {
        ...ask,
        job,
        objective: (0, override_1.objectiveUnder)(ask.objective, standing),
        exploration: ask.exploration && standing.exploration,
        ...(pinned === undefined ? {} : { pinnedBatchSize: pinned }),
    };
}
function decisionUnder(decision, { gpus }, standing, last) {
    const orders = (0, override_1.runOrdersOf)(standing);
    const frozen = standing.frozen && last?.batchSize === decision.batchSize ? last.powerLimitWatts : undefined;
    const powerLimitWatts = limitFor(decision, orders, frozen, gpus.powerLimitsWatts);
    return { ...decision, powerLimitWatts, probes: standing.exploration ? decision.probes : null };
}
/** Null, to be measured while it trains, unless the order leaves nothing to measure. */
function limitFor({ powerLimitWatts }, orders, frozenWatts, powerLimitsWatts) {
    const chosen = frozenWatts ?? powerLimitWatts;
    const isFixed = !orders.tuning || orders.powerLimitWatts !== undefined;
    if (chosen === null && !isFixed) {
        // Measured below the bound only.
        return orders.maxPowerWatts === undefined ? null : (0, override_1.limitUnder)(orders, Infinity, powerLimitsWatts);
    }
    return (0, override_1.limitUnder)(orders, chosen ?? Math.max(...powerLimitsWatts), powerLimitsWatts);
}
//# sourceMappingURL=underOrders.js.map