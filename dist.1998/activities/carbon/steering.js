"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.referenceFor = referenceFor;
exports.contextOf = contextOf;
const signalDigest_1 = require("../../policy/signalDigest");
const signalReference_1 = require("../../policy/signalReference");
/** What the signal is compared with by a run that begins, or began, at an instant; null: not known yet. */
function referenceFor(policy, known, beganAt) {
    return policy === 'chase' ? (0, signalDigest_1.highestOfDayBefore)(known, beganAt) : (0, signalReference_1.referenceOf)(known.reference);
}
function contextOf(sight) {
    const { policy, reference, budget, staleAfterSeconds } = sight.steering;
    const { at, reading, forecast, unit, slotSeconds } = sight.view;
    const forecaster = sight.known?.forecaster ?? null;
    const signals = { at, reading, forecast, forecaster, staleAfterSeconds, slotSeconds };
    return { ...signals, policy, unit, reference, budget, ...timesOf(sight) };
}
/** What is left to do, in seconds at the fastest limit, and how long it may take. A run longer than expected has nothing left to spare. */
function timesOf({ steering, profile, standing }) {
    const { expectedEpochs, strictSlowdown } = steering;
    if (expectedEpochs === null || profile.length === 0)
        return { workSeconds: null, leftSeconds: null };
    const fastest = Math.min(...profile.map(({ secondsPerEpoch }) => secondsPerEpoch));
    const workSeconds = Math.max(0, expectedEpochs - standing.epochs) * fastest;
    if (strictSlowdown === null)
        return { workSeconds, leftSeconds: null };
    const wholeSeconds = (1 + strictSlowdown) * expectedEpochs * fastest;
    return { workSeconds, leftSeconds: Math.max(0, wholeSeconds - standing.seconds) };
}
//# sourceMappingURL=steering.js.map