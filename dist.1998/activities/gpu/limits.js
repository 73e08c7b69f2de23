"use strict";
/** Which of the many limits a GPU takes are worth choosing from. */
Object.defineProperty(exports, "__esModule", { value: true });
exports.candidateLimits = candidateLimits;
/** Each limit costs a profiling window, so there are at most this many, whatever the range. */
const mostLimits = 12;
const stepWatts = 25;
/**
 * From the highest down in steps of 25 W, or of a multiple on wide ranges, and the lowest; ascending. `site` narrows the range
 * of the hardware; empty where it leaves nothing.
 */
function candidateLimits(hardware, site = {}) {
    const min = Math.max(hardware.minWatts, site.minWatts ?? 0);
    const max = Math.min(hardware.maxWatts, site.maxWatts ?? Infinity);
    if (!(min <= max))
        return [];
    const step = stepWatts * Math.max(1, Math.ceil((max - min) / stepWatts / (mostLimits - 1)));
    const steps = Array.from({ length: mostLimits }, (_, i) => max - i * step);
    // Two limits a few watts apart are one, measured twice.
    const above = steps.filter((watts) => watts >= min + step / 5);
    return [...new Set([min, ...above.toReversed(), max])];
}
//# sourceMappingURL=limits.js.map