"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.noOrders = void 0;
exports.inOrder = inOrder;
exports.activeAt = activeAt;
exports.nextExpiry = nextExpiry;
exports.standingOf = standingOf;
exports.jobUnder = jobUnder;
exports.objectiveUnder = objectiveUnder;
exports.runOrdersOf = runOrdersOf;
exports.limitUnder = limitUnder;
exports.fixesLimit = fixesLimit;
/** By when they were set; of one instant, by id. The last one wins. */
function inOrder(overrides) {
    return overrides.toSorted((a, b) => (a.setAt === b.setAt ? compare(a.id, b.id) : compare(a.setAt, b.setAt)));
}
const compare = (a, b) => (a < b ? -1 : Number(a > b));
/** Those that hold at an instant: the newest of each kind, and of each banned size. */
function activeAt(overrides, at) {
    const holding = new Map();
    for (const override of inOrder(overrides)) {
        if (override.expiresAt !== null && override.expiresAt <= at)
            continue;
        if (override.order.kind === 'resume')
            for (const kind of pauses)
                holding.delete(kind);
        else
            holding.set(subjectOf(override.order), override);
    }
    return [...holding.values()];
}
const pauses = ['pauseLearning', 'pauseTuning', 'freeze'];
function subjectOf(order) {
    return order.kind === 'banBatchSize' ? `ban ${order.batchSize}` : order.kind;
}
/** The next instant at which one of them ends; null: none does. */
function nextExpiry(active) {
    const ends = active.flatMap(({ expiresAt }) => expiresAt ?? []).toSorted(compare);
    return ends[0] ?? null;
}
function standingOf(active) {
    let standing = { bannedBatchSizes: [], exploration: true, tuning: true, frozen: false };
    for (const { order } of active)
        standing = { ...standing, ...meaningOf(order, standing) };
    return standing;
}
function meaningOf(order, { bannedBatchSizes }) {
    switch (order.kind) {
        case 'pinBatchSize':
            return { pinnedBatchSize: order.batchSize };
        case 'banBatchSize':
            return { bannedBatchSizes: [...bannedBatchSizes, order.batchSize] };
        case 'pinPowerLimit':
            return { powerLimitWatts: order.powerLimitWatts };
        case 'powerBound':
            return { maxPowerWatts: order.powerLimitWatts };
        case 'eta':
            return { eta: order.eta };
        case 'slowDownBound':
            return { maxSlowdown: order.maxSlowdown };
        case 'pauseLearning':
            return { exploration: false };
        case 'pauseTuning':
            return { tuning: false, exploration: false };
        case 'freeze':
            return { frozen: true, exploration: false };
        case 'resume':
            return {};
    }
}
/** The job without what is banned. A default that is banned is replaced by the nearest size that is not; a ban of all bans nothing. */
function jobUnder(job, { bannedBatchSizes }) {
    const batchSizes = job.batchSizes.filter((size) => !bannedBatchSizes.includes(size));
    if (batchSizes.length === 0 || batchSizes.length === job.batchSizes.length)
        return job;
    const distance = (size) => Math.abs(Math.log2(size / job.defaultBatchSize));
    const nearest = batchSizes.reduce((best, size) => (distance(size) < distance(best) ? size : best));
    return { ...job, batchSizes, defaultBatchSize: nearest };
}
function objectiveUnder(objective, { eta, maxSlowdown }) {
    return {
        ...objective,
        ...(eta === undefined ? {} : { eta }),
        ...(maxSlowdown === undefined ? {} : { maxSlowdown }),
    };
}
exports.noOrders = { tuning: true };
function runOrdersOf({ eta, powerLimitWatts, maxPowerWatts, tuning }) {
    return {
        tuning,
        ...(eta === undefined ? {} : { eta }),
        ...(powerLimitWatts === undefined ? {} : { powerLimitWatts }),
        ...(maxPowerWatts === undefined ? {} : { maxPowerWatts }),
    };
}
/** The selectable limit to hold where the policy would hold `chosenWatts`: pinned, bounded, or the highest where nothing is tuned. */
function limitUnder(orders, chosenWatts, powerLimitsWatts) {
    const { tuning, powerLimitWatts = tuning ? chosenWatts : Infinity, maxPowerWatts = Infinity } = orders;
    const most = Math.min(powerLimitWatts, maxPowerWatts);
    const allowed = powerLimitsWatts.filter((watts) => watts <= most);
    return allowed.length > 0 ? Math.max(...allowed) : Math.min(...powerLimitsWatts);
}
/** Whether the limit is the operator's, so that there is nothing to be measured. */
function fixesLimit({ tuning, powerLimitWatts, maxPowerWatts }) {
    return !tuning || powerLimitWatts !== undefined || maxPowerWatts !== undefined;
}
//# sourceMappingURL=override.js.map