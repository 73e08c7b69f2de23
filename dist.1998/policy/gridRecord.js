"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.meanEta = meanEta;
exports.slowdownOf = slowdownOf;
exports.fastestOf = fastestOf;
/** Mean over the run's time; null of a run that took none. */
function meanEta({ intervals }) {
    const seconds = intervals.reduce((sum, one) => sum + one.seconds, 0);
    return seconds > 0 ? intervals.reduce((sum, one) => sum + one.eta * one.seconds, 0) / seconds : null;
}
/**
 * How much longer the run took than it would have at its fastest limit, as a share: 0.025 is 2.5 %. Null where a limit that it held was
 * not measured.
 */
function slowdownOf({ limits, profile }) {
    const seconds = limits.reduce((sum, one) => sum + one.seconds, 0);
    const fastest = fastestOf(profile);
    if (!(seconds > 0) || fastest === undefined)
        return null;
    let fastestSeconds = 0;
    for (const held of limits) {
        const at = profile.find(({ powerLimitWatts }) => powerLimitWatts === held.powerLimitWatts);
        if (at === undefined)
            return null;
        fastestSeconds += (held.seconds * fastest.secondsPerEpoch) / at.secondsPerEpoch;
    }
    return Math.max(0, seconds / fastestSeconds - 1);
}
function fastestOf(profile) {
    return profile.toSorted((a, b) => a.secondsPerEpoch - b.secondsPerEpoch).at(0);
}
//# sourceMappingURL=gridRecord.js.map