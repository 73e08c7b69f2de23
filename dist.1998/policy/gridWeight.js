"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.gridPolicies = void 0;
exports.etaInSlot = etaInSlot;
exports.ratioOf = ratioOf;
exports.etaAtRatio = etaAtRatio;
exports.etaTowardsEnd = etaTowardsEnd;
exports.etaForValue = etaForValue;
exports.limitAt = limitAt;
/**
 * η moved with the grid: Zeus's cost, with energy priced at the carbon intensity, or electricity price, of the moment. Everything is
 * said in η, so the limit is still chosen by Zeus's cost. A ratio is a signal over its slow reference.
 */
const cost_1 = require("./cost");
const powerLimit_1 = require("./powerLimit");
/** `chase` is equation 6 of Chase (Yang et al. 2023), `static` never moves η: both to compare with. */
exports.gridPolicies = ['wattbandit', 'chase', 'static'];
/** η for one slot of the grid; the run's own where there is nothing to compare, as with a price that is nothing on average. */
function etaInSlot(run, policy, { now, atEnd, reference }) {
    if (policy === 'static' || now === null || reference === null || reference <= 0)
        return run.eta;
    const ratio = ratioOf(now, reference);
    if (policy === 'chase' || atEnd === null)
        return etaAtRatio(run.eta, ratio);
    return etaTowardsEnd(run, ratio, ratioOf(atEnd, reference));
}
/** A price may be nothing or less, and nobody divides by that: below a hundredth of the reference a run goes about as fast as it can. */
function ratioOf(signal, reference) {
    return Math.max(signal / reference, leastRatio);
}
const leastRatio = 0.01;
/** odds(η_t) = odds(η)·ratio. A ratio of 1 gives exactly η. */
function etaAtRatio(eta, ratio) {
    return (eta * ratio) / (eta * ratio + 1 - eta);
}
/**
 * An epoch done now spares one at the end of the run, and is worth what that one would cost: its energy at the signal of that hour,
 * and its time. This is the optimum's own condition: with one price of time for all runs, stopping an instant later must neither
 * gain nor lose. Where the signal stays as it is, it is `etaAtRatio`.
 */
function etaTowardsEnd(run, ratioNow, ratioAtEnd) {
    const etaAtEnd = etaAtRatio(run.eta, ratioAtEnd);
    if (ratioAtEnd === ratioNow || etaAtEnd === 0)
        return etaAtRatio(run.eta, ratioNow);
    return etaForValue(run, (valueOfEpochJoules(run, etaAtEnd) * ratioAtEnd) / ratioNow);
}
/** What an epoch costs at the best limit, in joules of the moment; time counts as the energy that η says it is worth. */
function valueOfEpochJoules({ profile, maxPowerWatts }, eta) {
    return profile.reduce((least, at) => Math.min(least, (0, cost_1.epochCostJoules)(at, eta, maxPowerWatts)), Infinity) / eta;
}
/**
 * The η under which Zeus's cost picks the limit that gains most: value · epochs − energy, per second. At most 1: below the limit of
 * least energy nothing is worth its time.
 */
function etaForValue({ profile, maxPowerWatts }, joulesPerEpoch) {
    const gainWatts = profile.reduce((most, at) => Math.max(most, joulesPerEpoch / at.secondsPerEpoch - at.averageWatts), 0);
    return maxPowerWatts / (maxPowerWatts + gainWatts);
}
/** The limit at that η. */
function limitAt({ profile, maxPowerWatts }, eta, pace = { kind: 'free' }) {
    return (0, powerLimit_1.choosePowerLimit)(eta, maxPowerWatts, pace)(profile);
}
//# sourceMappingURL=gridWeight.js.map