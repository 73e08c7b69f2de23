"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.usualStaleAfterSeconds = void 0;
exports.signalNow = signalNow;
exports.signalAhead = signalAhead;
/** What the signal is now and later, from what is at hand: a fresh reading, the provider's forecast, our own, or nothing. */
const forecast_1 = require("./forecast");
exports.usualStaleAfterSeconds = 6 * 3600;
/** A reading at most one of its periods old holds; up to the staleness limit a forecast does; beyond, nothing. */
function signalNow(signals) {
    const { reading, at, staleAfterSeconds } = signals;
    const now = Date.parse(at);
    if (reading === null || !(Date.parse(reading.validFromAt) <= now))
        return expected(signals, null);
    const ageSeconds = (now - Date.parse(reading.validToAt)) / 1000;
    const period = (Date.parse(reading.validToAt) - Date.parse(reading.validFromAt)) / 1000;
    if (ageSeconds <= period)
        return { value: reading.value, from: 'reading', ageSeconds };
    return ageSeconds <= staleAfterSeconds ? expected(signals, ageSeconds) : { value: null, from: 'none', ageSeconds };
}
function expected(signals, ageSeconds) {
    const ahead = signalAhead(signals, 0);
    return ahead === null ? { value: null, from: 'none', ageSeconds } : { ...ahead, ageSeconds };
}
/** So many seconds from now: the provider's forecast where it reaches, or ours unless its last reading is stale; null: not known. */
function signalAhead({ at, forecast: slots, forecaster, staleAfterSeconds }, seconds) {
    const now = Date.parse(at);
    const then = now + seconds * 1000;
    const slot = slots.find((one) => Date.parse(one.validFromAt) <= then && then < Date.parse(one.validToAt));
    if (slot !== undefined)
        return { value: slot.value, from: 'provider' };
    const last = forecaster?.last ?? null;
    if (forecaster === null || last === null || now / 1000 - last.endSeconds > staleAfterSeconds)
        return null;
    const value = (0, forecast_1.forecast)(forecaster, Math.max(0, (then / 1000 - last.middleSeconds) / 3600));
    return value === null ? null : { value, from: 'forecaster' };
}
//# sourceMappingURL=signals.js.map