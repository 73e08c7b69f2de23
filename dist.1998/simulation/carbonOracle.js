"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.oracle = oracle;
exports.inTurns = inTurns;
/**
 * The least carbon of all runs together at a mean slow-down, for somebody who knows the grid's future. No run pauses. One price of
 * an hour of time for all runs; and within a run one value of progress, that of the hour in which it ends: stopping an
 * instant later must neither gain nor lose. Both are exact, so no schedule whatever is better.
 */
const carbonBestRun_1 = require("./carbonBestRun");
const carbonCaps_1 = require("./carbonCaps");
const carbonRun_1 = require("./carbonRun");
const statistics_1 = require("./statistics");
const bisections = 36;
function oracle(ground, starts, slowdown) {
    const corners = (0, carbonCaps_1.cornersOf)(ground.curve);
    const at = (price) => starts.map((start) => (0, carbonBestRun_1.bestRun)({ ground, corners, start }, price));
    const target = starts.length * carbonRun_1.workHours * (1 + slowdown);
    const hoursOf = (runs) => (0, statistics_1.total)(runs, ({ hours }) => hours);
    let [low, high] = [0, 1];
    while (hoursOf(at(high)) > target)
        high *= 4;
    for (let step = 0; step < bisections; step++) {
        const middle = (low + high) / 2;
        if (hoursOf(at(middle)) > target)
            low = middle;
        else
            high = middle;
    }
    return inTurns(at(low), at(high), target);
}
/** Some runs at one price and some at the other, so that the hours come to the target. */
function inTurns(slow, fast, targetHours) {
    const [slower, faster] = [sumOf(slow), sumOf(fast)];
    const share = slower.hours > faster.hours ? (targetHours - faster.hours) / (slower.hours - faster.hours) : 0;
    const kept = Math.min(1, Math.max(0, share));
    const runs = kept > 0.5 ? slow : fast;
    return {
        grams: kept * slower.grams + (1 - kept) * faster.grams,
        meanSlowdown: (kept * slower.hours + (1 - kept) * faster.hours) / (runs.length * carbonRun_1.workHours) - 1,
        runs,
    };
}
function sumOf(runs) {
    return { hours: (0, statistics_1.total)(runs, ({ hours }) => hours), grams: (0, statistics_1.total)(runs, ({ grams }) => grams) };
}
//# sourceMappingURL=carbonOracle.js.map