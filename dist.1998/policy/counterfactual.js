"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.counterfactualOf = counterfactualOf;
exports.comparedOf = comparedOf;
const emissions_1 = require("./emissions");
/** Null where a limit that the run held was not measured, as in a run that was too short for its profile. */
function counterfactualOf(limits, profile) {
    const work = workOf(limits, profile);
    const highest = profile.toSorted((a, b) => b.powerLimitWatts - a.powerLimitWatts).at(0);
    if (work === null || highest === undefined)
        return null;
    const { epochs, seconds, joules } = work;
    const maxSeconds = epochs * highest.secondsPerEpoch;
    const cap = leastEpochJoules(profile, seconds / epochs) * epochs;
    return {
        maxPower: { joules: (maxSeconds * highest.averageWatts) / joules, seconds: maxSeconds / seconds },
        staticCap: { joules: cap / joules, seconds: 1 },
    };
}
/** What was done, and what the profile says it drew: compared with the profile's own word, not with the meter's. */
function workOf(limits, profile) {
    const sum = { epochs: 0, seconds: 0, joules: 0 };
    for (const { powerLimitWatts, seconds } of limits) {
        if (!(seconds > 0))
            continue;
        const at = profile.find((one) => one.powerLimitWatts === powerLimitWatts);
        if (at === undefined)
            return null;
        sum.epochs += seconds / at.secondsPerEpoch;
        sum.seconds += seconds;
        sum.joules += seconds * at.averageWatts;
    }
    return sum.seconds > 0 && sum.joules > 0 ? sum : null;
}
/** The least energy of an epoch that takes so many seconds on average: time shared between two neighbours of the lower hull. */
function leastEpochJoules(profile, seconds) {
    const hull = lowerHull(profile.map((at) => ({ seconds: at.secondsPerEpoch, joules: at.secondsPerEpoch * at.averageWatts })));
    const next = hull.findIndex((point) => point.seconds >= seconds);
    // Rounding may lead a little beyond either end: -1 is the last one.
    const to = hull.at(next);
    const from = hull[next - 1];
    if (to === undefined)
        return Infinity;
    if (from === undefined)
        return to.joules;
    const share = (seconds - from.seconds) / (to.seconds - from.seconds);
    return from.joules + share * (to.joules - from.joules);
}
/** Andrew's monotone chain, by time. */
function lowerHull(points) {
    const hull = [];
    for (const point of points.toSorted((a, b) => a.seconds - b.seconds || a.joules - b.joules)) {
        if (hull.at(-1)?.seconds === point.seconds)
            continue;
        while (isAbove(hull.at(-2), hull.at(-1), point))
            hull.pop();
        hull.push(point);
    }
    return hull;
}
function isAbove(before, middle, next) {
    if (before === undefined || middle === undefined)
        return false;
    const rise = (middle.joules - before.joules) * (next.seconds - before.seconds);
    return rise >= (next.joules - before.joules) * (middle.seconds - before.seconds);
}
/** Null where no signal is known. A run of even power comes out even: then both are the same. */
function comparedOf({ intervals }) {
    let [amount, joules, seconds, knownSeconds, signalSeconds] = [0, 0, 0, 0, 0];
    for (const one of intervals) {
        joules += one.joules;
        seconds += one.seconds;
        if (one.perKwh === null)
            continue;
        amount += (one.joules / emissions_1.joulesPerKwh) * one.perKwh;
        knownSeconds += one.seconds;
        signalSeconds += one.perKwh * one.seconds;
    }
    if (!(knownSeconds > 0))
        return null;
    // Mean signal × energy of the known share of time = (Σ signal·s / known) · (J · known / s).
    return { amount, evenAmount: (joules / emissions_1.joulesPerKwh) * (signalSeconds / seconds) };
}
//# sourceMappingURL=counterfactual.js.map