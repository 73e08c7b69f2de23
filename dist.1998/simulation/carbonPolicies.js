"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.forecastersOf = forecastersOf;
exports.chooserOf = chooserOf;
exports.weighingOf = weighingOf;
exports.deadlineChooser = deadlineChooser;
/** The rules of `policy/` on a recorded grid: what each of them knows in an hour, and the limit that it takes. */
const deadline_1 = require("../policy/deadline");
const forecast_1 = require("../policy/forecast");
const gridWeight_1 = require("../policy/gridWeight");
const carbonRun_1 = require("./carbonRun");
function forecastersOf({ beginsAt, gramsPerKwh }) {
    const begins = Date.parse(beginsAt);
    let state = (0, forecast_1.beginForecaster)();
    return gramsPerKwh.map((value, hour) => {
        const [validFromAt, validToAt] = [hour, hour + 1].map((at) => new Date(begins + at * 3_600_000).toISOString());
        state = (0, forecast_1.observe)(state, { validFromAt: validFromAt ?? beginsAt, validToAt: validToAt ?? beginsAt, value });
        return state;
    });
}
/** How one run chooses under the policy with this η at the reference. The hour's intensity counts as known. */
function chooserOf({ ground, forecasters, policy, reference }, start, eta) {
    const run = weighingOf(ground, eta);
    const compared = policy === 'chase' ? highestOfDayBefore(ground, start) : reference;
    return (hour, workLeft) => {
        const known = forecasters[hour];
        const atEnd = known === undefined ? null : (0, forecast_1.forecast)(known, Math.max(workLeft, 0));
        return (0, gridWeight_1.limitAt)(run, (0, gridWeight_1.etaInSlot)(run, policy, { now: (0, carbonRun_1.gramsAt)(ground, hour), atEnd, reference: compared }));
    };
}
function weighingOf({ curve }, eta) {
    return { profile: curve.profile, eta, maxPowerWatts: (0, carbonRun_1.top)(curve).powerLimitWatts };
}
/** MaxCI, equation 6 of Chase. */
function highestOfDayBefore({ gramsPerKwh }, start) {
    return Math.max(...gramsPerKwh.slice(Math.max(0, start - 24), Math.max(start, 1)));
}
/** The bound that no run exceeds, on our own forecast. */
function deadlineChooser({ ground, forecasters, reference }, slowdown) {
    const run = weighingOf(ground, 1);
    return (hour, workLeft, elapsed) => {
        const left = carbonRun_1.workHours * (1 + slowdown) - elapsed;
        const known = forecasters[hour];
        const slots = [];
        for (let ahead = 0; ahead < left; ahead++) {
            const expected = ahead === 0 || known === undefined ? (0, carbonRun_1.gramsAt)(ground, hour) : ((0, forecast_1.forecast)(known, ahead) ?? reference);
            slots.push({ seconds: 3600 * Math.min(1, left - ahead), signal: (0, gridWeight_1.ratioOf)(expected, reference) });
        }
        return (0, gridWeight_1.limitAt)(run, (0, deadline_1.etaForDeadline)(run, 3600 * workLeft, slots));
    };
}
//# sourceMappingURL=carbonPolicies.js.map