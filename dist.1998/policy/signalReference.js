"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.beginReference = beginReference;
exports.observeReference = observeReference;
exports.referenceOf = referenceOf;
const daysKept = 28;
const daySeconds = 86_400;
function beginReference() {
    return { days: [], countedToAt: null };
}
/** Each reading counts once, by the day in which it begins; what was counted already is left out, so telling twice is harmless. */
function observeReference(state, reading) {
    const counted = state.countedToAt === null ? 0 : Date.parse(state.countedToAt);
    const from = Math.max(Date.parse(reading.validFromAt), counted);
    const to = Date.parse(reading.validToAt);
    if (!(to > from) || !Number.isFinite(reading.value))
        return state;
    const day = new Date(from).toISOString().slice(0, 10);
    const seconds = (to - from) / 1000;
    const earlier = state.days.filter((one) => one.day !== day && isWithin(one.day, day));
    const today = state.days.find((one) => one.day === day) ?? { day, seconds: 0, valueSeconds: 0 };
    return {
        days: [
            ...earlier,
            { day, seconds: today.seconds + seconds, valueSeconds: today.valueSeconds + seconds * reading.value },
        ],
        countedToAt: new Date(to).toISOString(),
    };
}
function isWithin(day, latest) {
    return (Date.parse(latest) - Date.parse(day)) / 1000 <= daysKept * daySeconds;
}
/** Null before the first reading. */
function referenceOf({ days }) {
    const seconds = days.reduce((sum, day) => sum + day.seconds, 0);
    return seconds === 0 ? null : days.reduce((sum, day) => sum + day.valueSeconds, 0) / seconds;
}
//# sourceMappingURL=signalReference.js.map