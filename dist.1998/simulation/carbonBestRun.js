"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.bestRun = bestRun;
const carbonRun_1 = require("./carbonRun");
/**
 * `price` in grams an hour. Within an hour the cost is convex in the time that the run takes, but a cleaner hour may follow a dirtier
 * one, so later ends are looked at too, wherever a bound of Lagrange's lets them be better.
 */
function bestRun(known, price) {
    const costOf = ({ hours, grams }) => grams + price * hours;
    const first = firstEnding(known, price);
    let best = first.run;
    // No run ends between two hours for less than the lower of the bounds at both. To the end of its own hour a run neither gains nor loses.
    let bound = costOf(best);
    for (let hour = Math.ceil(best.hours); hour < longestHours(known); hour++) {
        const next = bound + gainOf(known, hour, first.value) / 1000 + price;
        const later = Math.min(bound, next) < costOf(best) ? endingIn(known, hour, price) : null;
        if (later !== null && costOf(later.run) < costOf(best))
            best = later.run;
        bound = next;
    }
    return best;
}
function firstEnding(known, price) {
    for (let hour = 0;; hour++) {
        const ending = endingIn(known, hour, price);
        if (ending !== null)
            return ending;
    }
}
/** As long as the slowest run takes, or as the grid is known. */
function longestHours({ corners, ground, start }) {
    return Math.min(Math.ceil(carbonRun_1.workHours / (corners[0]?.speed ?? 1)), ground.gramsPerKwh.length - start);
}
/** Where stopping an instant later neither gains nor loses, in this hour or at its beginning; null: where it still gains at its end. */
function endingIn(known, hour, price) {
    const grams = (0, carbonRun_1.gramsAt)(known.ground, known.start + hour);
    const value = valueAtEnd(known.corners, grams, price);
    const before = during(known, hour, value);
    if (before.work > carbonRun_1.workHours)
        return endingOnTheHour(known, hour, value);
    const last = cornerFor(known.corners, value / grams);
    const share = (carbonRun_1.workHours - before.work) / last.speed;
    if (share > 1)
        return null;
    return { run: { hours: hour + share, grams: before.grams + (share * last.watts * grams) / 1000 }, value };
}
function valueAtEnd(corners, grams, price) {
    return corners.reduce((least, { speed, watts }) => Math.min(least, (watts * grams + 1000 * price) / speed), Infinity);
}
/** The least of power times intensity minus value times speed, in that hour. */
function gainOf({ ground, corners, start }, hour, value) {
    const grams = (0, carbonRun_1.gramsAt)(ground, start + hour);
    const { speed, watts } = cornerFor(corners, value / grams);
    return watts * grams - value * speed;
}
function cornerFor(corners, wattsPerSpeed) {
    let low = 0;
    let high = corners.length - 1;
    while (low < high) {
        const middle = (low + high) >> 1;
        const [slower, faster] = [corners[middle], corners[middle + 1]];
        if (slower === undefined || faster === undefined)
            break;
        if (faster.watts - slower.watts <= wattsPerSpeed * (faster.speed - slower.speed))
            low = middle + 1;
        else
            high = middle;
    }
    const corner = corners[low];
    if (corner === undefined)
        throw new Error('Cannot choose a power: the curve has no limits.');
    return corner;
}
function during({ ground, corners, start }, hours, value) {
    let [work, emitted] = [0, 0];
    for (let hour = 0; hour < hours; hour++) {
        const grams = (0, carbonRun_1.gramsAt)(ground, start + hour);
        const { speed, watts } = cornerFor(corners, value / grams);
        work += speed;
        emitted += (watts * grams) / 1000;
    }
    return { work, grams: emitted };
}
/** All of these hours, at the least value that does the work; in the hours on the edge two limits take turns. */
function endingOnTheHour(known, hours, enough) {
    let [low, high] = [0, enough];
    for (let step = 0; step < 50; step++) {
        const middle = (low + high) / 2;
        if (during(known, hours, middle).work < carbonRun_1.workHours)
            low = middle;
        else
            high = middle;
    }
    const [less, more] = [during(known, hours, low), during(known, hours, high)];
    const share = more.work > less.work ? (carbonRun_1.workHours - less.work) / (more.work - less.work) : 1;
    return { run: { hours, grams: less.grams + share * (more.grams - less.grams) }, value: high };
}
//# sourceMappingURL=carbonBestRun.js.map