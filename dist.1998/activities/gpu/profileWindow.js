"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.windowRules = void 0;
exports.measurementBetween = measurementBetween;
exports.mayAlias = mayAlias;
exports.drifted = drifted;
exports.windowRules = {
    exact: { settleSeconds: 0, windowSeconds: 0, repeatsFirst: false, aliases: false },
    counter: { settleSeconds: 1, windowSeconds: 2.5, repeatsFirst: true, aliases: false },
    sampled: { settleSeconds: 2, windowSeconds: 10, repeatsFirst: true, aliases: true },
};
/** Average speed and power between two readings; undefined where nothing moved. */
function measurementBetween(start, end, of) {
    const epochs = end.epochs - start.epochs;
    const seconds = end.seconds - start.seconds;
    const joules = end.joules - start.joules;
    if (!(epochs > 0 && seconds > 0 && joules > 0))
        return undefined;
    return { ...of, secondsPerEpoch: seconds / epochs, averageWatts: joules / seconds };
}
const samplingSeconds = 0.1;
/** With more, the sampling meets all parts of an iteration within a window, whatever its length. */
const mostSamplesAnIteration = 5;
const aliasingShare = 0.03;
/** Whether iterations keep step with the sampling of power. */
function mayAlias({ secondsPerEpoch }, iterationsPerEpoch) {
    if (iterationsPerEpoch === undefined)
        return false;
    const samples = secondsPerEpoch / iterationsPerEpoch / samplingSeconds;
    const nearest = Math.round(samples);
    return nearest >= 1 && nearest <= mostSamplesAnIteration && Math.abs(samples / nearest - 1) <= aliasingShare;
}
const mostDrift = 0.03;
/** Whether one limit, measured twice, is not the same. */
function drifted(first, again) {
    const change = (of) => Math.abs(again[of] / first[of] - 1);
    return change('secondsPerEpoch') > mostDrift || change('averageWatts') > mostDrift;
}
//# sourceMappingURL=profileWindow.js.map