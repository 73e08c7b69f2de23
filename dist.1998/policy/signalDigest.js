"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.beginDigest = beginDigest;
exports.digest = digest;
exports.highestOfDayBefore = highestOfDayBefore;
exports.betterKnown = betterKnown;
exports.isSameSignal = isSameSignal;
/** What is kept of a signal's past: what is usual, what comes next, how high it was of late. Some 3 kB of JSON. */
const forecast_1 = require("./forecast");
const signalReference_1 = require("./signalReference");
const hoursKept = 25;
const hourMs = 3_600_000;
function beginDigest({ provider, zone, kind }) {
    // Prices may fall below nothing, carbon may not.
    const forecaster = (0, forecast_1.beginForecaster)(kind === 'price' ? null : undefined);
    return { provider, zone, kind, forecaster, reference: (0, signalReference_1.beginReference)(), highs: [] };
}
/** In their order; what was taken in already changes nothing. */
function digest(before, readings) {
    return readings.reduce((state, reading) => {
        const reference = (0, signalReference_1.observeReference)(state.reference, reading);
        // Nothing new in it.
        if (reference === state.reference)
            return state;
        return {
            ...state,
            reference,
            forecaster: (0, forecast_1.observe)(state.forecaster, reading),
            highs: withHigh(state.highs, reading),
        };
    }, before);
}
function withHigh(highs, { validFromAt, value }) {
    const hourAt = new Date(Math.floor(Date.parse(validFromAt) / hourMs) * hourMs).toISOString();
    const last = highs.at(-1);
    if (last?.hourAt !== hourAt)
        return [...highs, { hourAt, value }].slice(-hoursKept);
    return [...highs.slice(0, -1), { hourAt, value: Math.max(last.value, value) }];
}
/** Chase's MaxCI: the highest of the 24 hours before an instant; null where nothing is known of them. */
function highestOfDayBefore({ highs }, at) {
    const from = Date.parse(at) - 24 * hourMs;
    const within = highs.filter(({ hourAt }) => Date.parse(hourAt) >= from && hourAt < at).map(({ value }) => value);
    return within.length === 0 ? null : Math.max(...within);
}
/** The one that knows more of the past, of two of one signal. */
function betterKnown(one, other) {
    if (one === undefined || other === undefined || !isSameSignal(one, other))
        return other ?? one;
    return coveredSeconds(one) > coveredSeconds(other) ? one : other;
}
function isSameSignal(one, other) {
    return one.provider === other.provider && one.zone === other.zone && one.kind === other.kind;
}
function coveredSeconds({ reference }) {
    return reference.days.reduce((sum, { seconds }) => sum + seconds, 0);
}
//# sourceMappingURL=signalDigest.js.map