"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.carbonModes = void 0;
exports.carbonFigures = carbonFigures;
exports.summariseCarbon = summariseCarbon;
const carbonRun_1 = require("./carbonRun");
const statistics_1 = require("./statistics");
exports.carbonModes = ['tuned', 'held'];
const leastGap = 1e-4;
function carbonFigures({ grams, maxPower, capped, oracle }, runs) {
    const gap = (capped - oracle) / maxPower;
    return {
        carbonVsMaxPower: grams / maxPower - 1,
        carbonVsStatic: grams / capped - 1,
        gapClosed: gap < leastGap ? null : (capped - grams) / (capped - oracle),
        gap,
        p95Slowdown: p95(runs.map(carbonRun_1.slowdownOf)),
        runs: runs.length,
    };
}
function p95(values) {
    const sorted = values.toSorted((a, b) => a - b);
    return sorted[Math.ceil(0.95 * sorted.length) - 1] ?? Number.NaN;
}
const volatileGap = 0.003;
function summariseCarbon(results) {
    const keys = [...new Set(results.map(({ policy, mode, slowdown }) => `${mode}/${slowdown}/${policy}`))];
    return keys.flatMap((key) => {
        const own = results.filter(({ policy, mode, slowdown }) => key === `${mode}/${slowdown}/${policy}`);
        const [first] = own;
        if (first === undefined)
            return [];
        const { policy, mode, slowdown } = first;
        const volatile = own.filter(({ gap }) => gap >= volatileGap);
        const closed = volatile.map(({ gapClosed }) => gapClosed ?? 0);
        return [
            {
                policy,
                mode,
                slowdown,
                volatile: volatile.length,
                gapClosed: closed.length === 0 ? null : (0, statistics_1.mean)(closed),
                worstGapClosed: closed.length === 0 ? null : Math.min(...closed),
                carbonVsStatic: volatile.length === 0 ? null : (0, statistics_1.total)(volatile, (one) => one.carbonVsStatic) / volatile.length,
                worstSlowdownError: Math.max(...own.map((one) => Math.abs(one.meanSlowdown - slowdown))),
            },
        ];
    });
}
//# sourceMappingURL=carbonReport.js.map