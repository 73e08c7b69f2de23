"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.rangesFor = rangesFor;
/** Which ranges to ask a provider for, so that few questions cover many intervals. */
const gridSlots_1 = require("../../activities/carbon/gridSlots");
/** The fewest ranges of a length that cover all intervals: each begins where the first one that is not covered does. */
function rangesFor(intervals, longestSeconds) {
    const ranges = [];
    let [from, to] = [-Infinity, -Infinity];
    const close = () => {
        if (to > from)
            ranges.push({ fromAt: (0, gridSlots_1.instantAt)(from), toAt: (0, gridSlots_1.instantAt)(to) });
    };
    for (const { fromAt, toAt } of intervals.toSorted((a, b) => (0, gridSlots_1.secondsOf)(a.fromAt) - (0, gridSlots_1.secondsOf)(b.fromAt))) {
        const end = (0, gridSlots_1.secondsOf)(toAt);
        for (let start = Math.max((0, gridSlots_1.secondsOf)(fromAt), to); start < end; start = to) {
            if (to === -Infinity || start >= from + longestSeconds) {
                close();
                from = start;
            }
            to = Math.min(end, from + longestSeconds);
        }
    }
    close();
    return ranges;
}
//# sourceMappingURL=ranges.js.map