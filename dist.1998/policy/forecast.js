"use strict";
/**
 * The next hours of a signal from its own past: a mean for each hour of the day, and how far the latest reading was from its own,
 * which fades. Knows no weather, so a day ahead it is little better than yesterday.
 */
Object.defineProperty(exports, "__esModule", { value: true });
exports.beginForecaster = beginForecaster;
exports.observe = observe;
exports.forecast = forecast;
/** What a reading of an hour counts in the mean of its hour of the day. */
const newShare = 0.3;
/** What an hour leaves of a deviation, and of the change that it is in. The latter is fitted on 13 grids of 2020, the others are usual. */
const keptPerHour = 0.95;
const momentumPerHour = 0.3;
const hourSeconds = 3600;
/** 1 g/kWh is less than any grid has. */
function beginForecaster(least = 1) {
    return { hourMeans: Array.from({ length: 24 }, () => null), last: null, least };
}
/** Readings of 5 to 60 minutes, in their order; one that does not end after the latest says nothing new. */
function observe(state, { validFromAt, validToAt, value }) {
    const from = Date.parse(validFromAt) / 1000;
    const endSeconds = Date.parse(validToAt) / 1000;
    if (!(endSeconds > from && endSeconds > (state.last?.endSeconds ?? 0)) || !Number.isFinite(value))
        return state;
    const middleSeconds = (from + endSeconds) / 2;
    const deviation = value - (usualAt(state.hourMeans, middleSeconds) ?? value);
    const follows = state.last !== null && from <= state.last.endSeconds;
    const change = follows ? deviation - (state.last?.deviation ?? deviation) : 0;
    const hour = Math.floor(middleSeconds / hourSeconds) % 24;
    const share = 1 - (1 - newShare) ** Math.min(1, (endSeconds - from) / hourSeconds);
    const mean = state.hourMeans[hour] ?? value;
    const hourMeans = state.hourMeans.with(hour, mean + share * (value - mean));
    return { ...state, hourMeans, last: { value, deviation, change, middleSeconds, endSeconds } };
}
/** The value so many hours after the middle of the latest reading; null before the first. */
function forecast({ hourMeans, last, least }, leadHours) {
    if (last === null)
        return null;
    const usual = usualAt(hourMeans, last.middleSeconds + leadHours * hourSeconds);
    const momentum = (last.change * momentumPerHour * (1 - momentumPerHour ** leadHours)) / (1 - momentumPerHour);
    const value = usual === null ? last.value : usual + keptPerHour ** leadHours * (last.deviation + momentum);
    return Math.max(value, least ?? -Infinity);
}
/** Hourly means hold in the middle of their hours; in between they are joined by lines. */
function usualAt(hourMeans, seconds) {
    const hours = seconds / hourSeconds - 0.5;
    const before = hourMeans[Math.floor(hours) % 24] ?? null;
    const after = hourMeans[Math.ceil(hours) % 24] ?? null;
    if (before === null || after === null)
        return before ?? after;
    return before + (hours - Math.floor(hours)) * (after - before);
}
//# sourceMappingURL=forecast.js.map