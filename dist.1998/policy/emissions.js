"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.noEmissions = exports.joulesPerKwh = void 0;
exports.emissionsOf = emissionsOf;
exports.addEmissions = addEmissions;
exports.coverageOf = coverageOf;
exports.signalKey = signalKey;
exports.requireOneSignal = requireOneSignal;
exports.joulesPerKwh = 3.6e6;
exports.noEmissions = {
    amount: 0,
    joules: 0,
    knownJoules: 0,
    byStatus: { observed: 0, estimated: 0, forecast: 0, unknown: 0 },
};
/** `joules` is what the whole run drew; it may have drawn some outside of all intervals. */
function emissionsOf(joules, intervals) {
    const known = intervals.reduce((sum, { perKwh, joules: drawn, status }) => {
        if (perKwh === null)
            return sum;
        const amount = sum.amount + (drawn / exports.joulesPerKwh) * perKwh;
        const byStatus = { ...sum.byStatus, [status]: sum.byStatus[status] + drawn };
        return { ...sum, amount, knownJoules: sum.knownJoules + drawn, byStatus };
    }, exports.noEmissions);
    const whole = Math.max(joules, known.knownJoules);
    const unknown = known.byStatus.unknown + whole - known.knownJoules;
    return { ...known, joules: whole, byStatus: { ...known.byStatus, unknown } };
}
function addEmissions(one, other) {
    const status = (name) => one.byStatus[name] + other.byStatus[name];
    return {
        amount: one.amount + other.amount,
        joules: one.joules + other.joules,
        knownJoules: one.knownJoules + other.knownJoules,
        byStatus: {
            observed: status('observed'),
            estimated: status('estimated'),
            forecast: status('forecast'),
            unknown: status('unknown'),
        },
    };
}
/** Share of the energy whose signal is known; null of no energy. */
function coverageOf({ joules, knownJoules }) {
    return joules > 0 ? knownJoules / joules : null;
}
/** One word for what must not be mixed. */
function signalKey({ provider, zone, kind }) {
    return JSON.stringify([provider, zone, kind]);
}
/** @throws RangeError for values that answer different questions */
function requireOneSignal(signals) {
    const keys = new Set(signals.map(signalKey));
    if (keys.size <= 1)
        return;
    throw new RangeError(`Cannot add up ${[...keys].join(' and ')}: each provider, zone and kind has a sum of its own.`);
}
//# sourceMappingURL=emissions.js.map