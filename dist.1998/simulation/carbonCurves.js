"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.curveOf = curveOf;
exports.monotoneCubic = monotoneCubic;
const error_1 = require("./error");
/** As Chase sets them. */
const stepWatts = 5;
function curveOf(name, rows) {
    const measured = rows.toSorted((a, b) => a.powerLimitWatts - b.powerLimitWatts);
    const limits = measured.map((row) => row.powerLimitWatts);
    const [lowest] = limits;
    const highest = limits.at(-1);
    if (lowest === undefined || highest === undefined || lowest === highest)
        throw new error_1.SimulationError(`Cannot draw the power curve of ${name}: it needs measurements at two limits or more.`);
    // A higher limit is never slower and never draws less; where it seems so, it was noise.
    const seconds = runningMaximum(measured.map((row) => row.secondsPerEpoch).toReversed()).toReversed();
    const watts = runningMaximum(measured.map((row) => row.averageWatts));
    const secondsAt = monotoneCubic(limits, seconds);
    const wattsAt = monotoneCubic(limits, watts);
    const count = Math.floor((highest - lowest) / stepWatts) + 1;
    const grid = Array.from({ length: count }, (_, step) => lowest + step * stepWatts);
    if (grid.at(-1) !== highest)
        grid.push(highest);
    const profile = grid.map((powerLimitWatts) => ({
        batchSize: measured[0]?.batchSize ?? 1,
        powerLimitWatts,
        secondsPerEpoch: secondsAt(powerLimitWatts),
        averageWatts: wattsAt(powerLimitWatts),
        source: 'profile',
    }));
    return { name, profile };
}
function runningMaximum(values) {
    let most = -Infinity;
    return values.map((value) => (most = Math.max(most, value)));
}
/**
 * The cubic through (x, y) that rises only where they rise: Fritsch and Carlson's, with Brodlie's weighted harmonic mean as the
 * slope (SIAM J. Numer. Anal. 17(2), 1980), and a one-sided parabola at the ends.
 */
function monotoneCubic(xs, ys) {
    const at = (values, index) => values[index] ?? 0;
    const widths = xs.slice(1).map((x, i) => x - at(xs, i));
    const slopes = ys.slice(1).map((y, i) => (y - at(ys, i)) / at(widths, i));
    const last = slopes.length - 1;
    const tangents = xs.map((_, i) => {
        if (last === 0)
            return at(slopes, 0);
        if (i === 0)
            return endTangent([at(widths, 0), at(widths, 1)], [at(slopes, 0), at(slopes, 1)]);
        if (i > last)
            return endTangent([at(widths, last), at(widths, last - 1)], [at(slopes, last), at(slopes, last - 1)]);
        return innerTangent([at(widths, i - 1), at(widths, i)], [at(slopes, i - 1), at(slopes, i)]);
    });
    return (x) => {
        const i = Math.min(Math.max(xs.findLastIndex((one) => one <= x), 0), last);
        const width = at(widths, i);
        const t = (x - at(xs, i)) / width;
        const [rise, fall] = [t * t * (3 - 2 * t), (1 - t) * (1 - t)];
        const bend = t * fall * at(tangents, i) - t * t * (1 - t) * at(tangents, i + 1);
        return at(ys, i) + rise * (at(ys, i + 1) - at(ys, i)) + width * bend;
    };
}
function innerTangent([left, right], [before, after]) {
    if (before * after <= 0)
        return 0;
    const [heavier, lighter] = [2 * right + left, right + 2 * left];
    return (heavier + lighter) / (heavier / before + lighter / after);
}
function endTangent([near, far], [slope, next]) {
    const tangent = ((2 * near + far) * slope - near * next) / (near + far);
    if (tangent * slope <= 0)
        return 0;
    return slope * next <= 0 && Math.abs(tangent) > 3 * Math.abs(slope) ? 3 * slope : tangent;
}
//# sourceMappingURL=carbonCurves.js.map