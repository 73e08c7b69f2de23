"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.parseCarbonSeries = parseCarbonSeries;
/** The carbon intensity of a zone, hour by hour without gaps, out of a CSV file. */
const carbonColumns_1 = require("./carbonColumns");
const carbonTimes_1 = require("./carbonTimes");
const error_1 = require("./error");
const traceRows_1 = require("./traceRows");
const hourSeconds = 3600;
/** Longer gaps repeat the day before; a file with more holes than this share is not the grid any more. */
const longestLine = 6;
const mostMissing = 0.05;
/** Below any grid: a ratio needs something to divide. */
const leastGrams = 1;
function parseCarbonSeries(file, zone, text) {
    const samples = samplesOf(file, text);
    const hours = new Map();
    for (const { seconds, value } of samples) {
        const hour = Math.floor(seconds / hourSeconds);
        hours.set(hour, [...(hours.get(hour) ?? []), value]);
    }
    const first = Math.min(...[samples[0], samples.at(-1)].map((one) => Math.floor((one?.seconds ?? 0) / hourSeconds)));
    const last = Math.max(...[samples[0], samples.at(-1)].map((one) => Math.floor((one?.seconds ?? 0) / hourSeconds)));
    const found = Array.from({ length: last - first + 1 }, (_, at) => meanOf(hours.get(first + at)));
    const missing = found.filter((value) => value === null).length;
    if (missing > mostMissing * found.length) {
        throw new error_1.SimulationError(`Cannot read ${file}: ${missing} of its ${found.length} hours are missing; complete it, or cut it to a part that is whole.`);
    }
    const beginsAt = new Date(first * hourSeconds * 1000).toISOString();
    return { zone, beginsAt, gramsPerKwh: filled(found), filledHours: missing };
}
/** In the order of time; the same value twice is one, two values for one instant are a mistake. */
function samplesOf(file, text) {
    const [header, ...records] = (0, traceRows_1.cellsOf)(file, text);
    if (header === undefined || records.length === 0)
        throw new error_1.SimulationError(`Cannot read ${file}: it has no lines; give it columns of UTC time and g/kWh.`);
    (0, traceRows_1.refuseCutOff)(file, text);
    const { time, value } = (0, carbonColumns_1.columnsOf)(file, header.cells, records);
    const order = (0, carbonTimes_1.dayOrderOf)(records.map(({ cells }) => cells[time] ?? ''));
    if (order === null) {
        throw new error_1.SimulationError(`Cannot read ${file}: column ${header.cells[time]} has days both before and after months; write them as 2021-07-31.`);
    }
    const samples = records.flatMap(({ cells, line }) => {
        const seconds = (0, carbonTimes_1.secondsAt)(cells[time] ?? '', order);
        if (seconds === null)
            throw invalid(file, line, `${header.cells[time]} is "${cells[time] ?? ''}" and must be an instant`);
        const grams = cells[value] ?? '';
        if (/^(nan|null|n\/a|-)?$/i.test(grams))
            return [];
        if (!(Number(grams) >= 0 && Number.isFinite(Number(grams))))
            throw invalid(file, line, `${header.cells[value]} is "${grams}" and must be a number from 0 up`);
        return [{ seconds, value: Math.max(Number(grams), leastGrams), line }];
    });
    const sorted = samples.toSorted((a, b) => a.seconds - b.seconds);
    if (sorted.length === 0)
        throw new error_1.SimulationError(`Cannot read ${file}: no line has a value.`);
    return sorted.filter((one, at) => {
        const before = sorted[at - 1];
        if (before?.seconds !== one.seconds)
            return true;
        if (before.value === one.value)
            return false;
        const instant = new Date(one.seconds * 1000).toISOString();
        throw invalid(file, one.line, `${instant} is ${one.value} g/kWh here and ${before.value} on line ${before.line}`);
    });
}
function invalid(file, line, what) {
    return new error_1.SimulationError(`Cannot read ${file}:${line}: ${what}; correct the line or remove it.`);
}
function meanOf(values) {
    return values === undefined ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
/** Short gaps by a line, long ones by the same hours of the day before. The first and last hour are never missing. */
function filled(found) {
    const whole = [];
    for (let at = 0; at < found.length; at++) {
        const value = found[at] ?? null;
        whole.push(value ?? interpolated(found, whole, at));
    }
    return whole;
}
function interpolated(found, whole, at) {
    const next = found.findIndex((value, index) => index > at && value !== null);
    const from = found.findLastIndex((value, index) => index < at && value !== null);
    const yesterday = whole[at - 24];
    if (next - from > longestLine + 1 && yesterday !== undefined)
        return yesterday;
    const before = found[from] ?? 0;
    return before + ((at - from) / (next - from)) * ((found[next] ?? 0) - before);
}
//# sourceMappingURL=carbonSeries.js.map