"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.systemClock = void 0;
exports.secondsOf = secondsOf;
exports.instantAt = instantAt;
exports.slotStart = slotStart;
exports.newestBegun = newestBegun;
exports.overlapping = overlapping;
exports.ageSeconds = ageSeconds;
/** Slots of a grid: equal parts of UTC time, for each of which a provider has one value. */
const error_1 = require("./error");
const systemClock = () => new Date();
exports.systemClock = systemClock;
/** Of Unix time. */
function secondsOf(instant) {
    return (typeof instant === 'string' ? Date.parse(instant) : instant.getTime()) / 1000;
}
function instantAt(seconds) {
    return new Date(Math.round(seconds * 1000)).toISOString();
}
function slotStart(seconds, slotSeconds) {
    return Math.floor(seconds / slotSeconds) * slotSeconds;
}
/** @throws SourceError `unusable` if there is none */
function newestBegun(readings, nowSeconds) {
    const begun = readings.filter(({ validFromAt }) => secondsOf(validFromAt) <= nowSeconds);
    const newest = begun.toSorted(byStart).at(-1);
    if (newest === undefined)
        throw new error_1.SourceError('unusable', 'it has no value of now or shortly before');
    return newest;
}
/** In order, one for each slot; of two for the same the later one in the answer. */
function overlapping(readings, { fromAt, toAt }) {
    const inRange = readings.filter(({ validFromAt, validToAt }) => secondsOf(validToAt) > secondsOf(fromAt) && secondsOf(validFromAt) < secondsOf(toAt));
    return [...new Map(inRange.map((reading) => [secondsOf(reading.validFromAt), reading])).values()].toSorted(byStart);
}
function byStart(a, b) {
    return secondsOf(a.validFromAt) - secondsOf(b.validFromAt);
}
/** 0 while the slot lasts; then how long ago it ended. */
function ageSeconds({ validToAt }, now) {
    return Math.max(0, secondsOf(now) - secondsOf(validToAt));
}
//# sourceMappingURL=gridSlots.js.map