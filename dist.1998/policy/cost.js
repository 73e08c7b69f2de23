"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.maxPowerWatts = maxPowerWatts;
exports.zeusCostJoules = zeusCostJoules;
exports.epochCostJoules = epochCostJoules;
/** MAXPOWER: the highest settable limit, over all GPUs of the run. */
function maxPowerWatts(gpus) {
    return Math.max(...gpus.powerLimitsWatts) * gpus.count;
}
/** η·energy + (1 − η)·MAXPOWER·time, in joules. */
function zeusCostJoules(joules, seconds, eta, maxPower) {
    return eta * joules + (1 - eta) * maxPower * seconds;
}
/** The same for one epoch at a measured speed and power. */
function epochCostJoules(at, eta, maxPower) {
    return (eta * at.averageWatts + (1 - eta) * maxPower) * at.secondsPerEpoch;
}
//# sourceMappingURL=cost.js.map