"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.chart = chart;
const carbonReadings_1 = require("./carbonReadings");
const numbers_1 = require("./numbers");
const text_1 = require("./text");
const widthOfAll = 40;
/** So that two days of five minutes fit on a few screens. */
const mostLines = 48;
function chart(readings, style) {
    const [first] = readings;
    if (first === undefined)
        return '';
    const bars = merged(readings, Math.ceil(readings.length / mostLines));
    const values = bars.map(({ value }) => value);
    const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
    const cells = (value) => (high === low ? 0 : Math.round(((value - low) / (high - low)) * widthOfAll));
    const wide = Math.max(...values.map((value) => (0, carbonReadings_1.valueText)(first, value).length));
    const cheapest = Math.min(...values);
    const { provider, zone, kind } = first;
    return [
        style.bold((0, text_1.plain)(`${(0, carbonReadings_1.unitOf)(first)}, ${kind}, ${zone} by ${provider}`)),
        ...bars.map(({ at, value }) => {
            const line = `${(0, numbers_1.instant)(at)}  ${(0, carbonReadings_1.valueText)(first, value).padStart(wide)}  ${bar(cells(0), cells(value))}`;
            return value === cheapest ? style.good(line.trimEnd()) : line.trimEnd();
        }),
    ].join('\n');
}
/** From zero to the value, to the left of zero where a price is negative. */
function bar(zero, end) {
    return ' '.repeat(Math.min(zero, end)) + (end < zero ? '░' : '█').repeat(Math.abs(end - zero));
}
/** Means of so many slots each. */
function merged(readings, size) {
    return Array.from({ length: Math.ceil(readings.length / size) }, (_, i) => {
        const group = readings.slice(i * size, (i + 1) * size);
        const value = group.reduce((sum, reading) => sum + (0, carbonReadings_1.valueOf)(reading), 0) / group.length;
        return { at: group[0]?.validFromAt ?? '', value };
    });
}
//# sourceMappingURL=carbonChart.js.map