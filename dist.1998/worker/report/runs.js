"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.reportedRun = reportedRun;
exports.isIn = isIn;
/** `toldAt` counts for runs without a grid. */
function reportedRun(job, observation, toldAt) {
    const { slot, attempt, gpuModel, batchSize, powerLimitWatts, outcome, seconds, joules, grid } = observation;
    const endedAt = grid?.intervals.at(-1)?.toAt ?? toldAt;
    const choice = { gpuModel, batchSize, powerLimitWatts };
    return { job, slot, attempt, ...choice, outcome, seconds, joules, endedAt, grid: grid ?? null };
}
/** A run counts whole in the period in which it ended. */
function isIn({ fromAt, toAt }, instant) {
    const at = Date.parse(instant);
    return at >= Date.parse(fromAt) && at < Date.parse(toAt);
}
//# sourceMappingURL=runs.js.map