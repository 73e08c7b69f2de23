"use strict";
/** Quantities as people read them. Absent ones are a dash. */
Object.defineProperty(exports, "__esModule", { value: true });
exports.energy = energy;
exports.duration = duration;
exports.watts = watts;
exports.percent = percent;
exports.change = change;
exports.instant = instant;
const absent = '–';
/** Three digits are enough to compare by. */
function short(value) {
    const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
    return value.toFixed(digits);
}
function scaled(value, steps) {
    const step = steps.find(([, size]) => Math.abs(value) >= size) ?? steps.at(-1);
    return step === undefined ? short(value) : `${short(value / step[1])} ${step[0]}`;
}
function energy(joules) {
    if (joules === null || joules === undefined || !Number.isFinite(joules))
        return absent;
    return scaled(joules, [
        ['GJ', 1e9],
        ['MJ', 1e6],
        ['kJ', 1e3],
        ['J', 1],
    ]);
}
function duration(seconds) {
    if (seconds === null || seconds === undefined || !Number.isFinite(seconds))
        return absent;
    return scaled(seconds, [
        ['d', 86_400],
        ['h', 3600],
        ['min', 60],
        ['s', 1],
    ]);
}
function watts(limit) {
    return limit === null || limit === undefined ? absent : `${limit} W`;
}
/** A ratio as a percentage. */
function percent(ratio) {
    return ratio === null || ratio === undefined || !Number.isFinite(ratio) ? absent : `${(ratio * 100).toFixed(1)} %`;
}
/** A change against 1, with its sign. */
function change(ratio) {
    if (ratio === null || ratio === undefined || !Number.isFinite(ratio))
        return absent;
    const text = percent(ratio - 1);
    return text.startsWith('-') ? `−${text.slice(1)}` : `+${text}`;
}
/** An instant to the minute, or to the second where that says more; UTC. */
function instant(iso) {
    if (iso === null || iso === undefined || Number.isNaN(Date.parse(iso)))
        return absent;
    return new Date(iso).toISOString().replace(/(:00)?\.\d{3}Z$/, 'Z');
}
//# sourceMappingURL=numbers.js.map