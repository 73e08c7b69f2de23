"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.leastTime = exports.leastEnergy = void 0;
exports.leastCost = leastCost;
exports.lowestWithinSlowdown = lowestWithinSlowdown;
exports.choosePowerLimit = choosePowerLimit;
/** The best power limit of a measured batch size, and Zeus's four selectors. */
const cost_1 = require("./cost");
/** The least of `value`; ties go to the higher limit, which is the earlier one in a profile taken from high to low. */
function least(profile, value) {
    const highestFirst = profile.toSorted((a, b) => b.powerLimitWatts - a.powerLimitWatts);
    return first(highestFirst, value);
}
/** The least of `value`; of several, the first. */
function first(ordered, value) {
    return ordered.reduce((best, at) => (value(at) < value(best) ? at : best));
}
/** Zeus's `Energy`: fewest joules an epoch. */
const leastEnergy = (profile) => least(profile, (at) => at.averageWatts * at.secondsPerEpoch);
exports.leastEnergy = leastEnergy;
/** Zeus's `Time`: fewest seconds an epoch; may lie below the maximum limit. */
const leastTime = (profile) => least(profile, (at) => at.secondsPerEpoch);
exports.leastTime = leastTime;
/** Zeus's `ZeusCost`: η·energy + (1 − η)·MAXPOWER·time. */
function leastCost(eta, maxPower) {
    return (profile) => least(profile, (at) => (0, cost_1.epochCostJoules)(at, eta, maxPower));
}
/** Zeus's `MaxSlowdownConstraint`: the smallest limit at most `factor` (≥ 1) times slower than the highest limit. */
function lowestWithinSlowdown(factor) {
    return (profile) => {
        const bound = factor * highestLimit(profile).secondsPerEpoch;
        const allowed = profile.filter((at) => at.secondsPerEpoch <= bound);
        return allowed.reduce((lowest, at) => (at.powerLimitWatts < lowest.powerLimitWatts ? at : lowest));
    };
}
/**
 * The cheapest limit among those that keep the pace; the fastest where none does. Ties go to the lower limit: where time alone
 * counts, power that buys none is still saved.
 */
function choosePowerLimit(eta, maxPower, pace) {
    return (profile) => {
        const bound = boundSecondsPerEpoch(profile, pace);
        const allowed = bound === Infinity ? profile : profile.filter((at) => at.secondsPerEpoch <= bound);
        return allowed.length === 0 ? (0, exports.leastTime)(profile) : cheapest(allowed, eta, maxPower);
    };
}
/** One pass and no copy: simulations ask this millions of times. */
function cheapest(allowed, eta, maxPower) {
    const cost = (at) => (0, cost_1.epochCostJoules)(at, eta, maxPower);
    return allowed.reduce((best, at) => {
        const saved = cost(best) - cost(at);
        return saved > 0 || (saved === 0 && at.powerLimitWatts < best.powerLimitWatts) ? at : best;
    });
}
function boundSecondsPerEpoch(profile, pace) {
    switch (pace.kind) {
        case 'free':
            return Infinity;
        case 'atMost':
            return pace.secondsPerEpoch;
        case 'ofMaximumPower':
            return pace.factor * highestLimit(profile).secondsPerEpoch;
        case 'fastest':
            return (0, exports.leastTime)(profile).secondsPerEpoch;
    }
}
function highestLimit(profile) {
    return profile.reduce((highest, at) => (at.powerLimitWatts > highest.powerLimitWatts ? at : highest));
}
//# sourceMappingURL=powerLimit.js.map