"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.valueOf = valueOf;
exports.unitOf = unitOf;
exports.valueText = valueText;
exports.readingRow = readingRow;
exports.nowRow = nowRow;
exports.nowText = nowText;
/** Readings as people and programs are told of them: value, unit, and how far to trust it. */
const gridSlots_1 = require("../../activities/carbon/gridSlots");
const numbers_1 = require("./numbers");
const text_1 = require("./text");
function valueOf(reading) {
    return reading.kind === 'price' ? reading.pricePerKwh : reading.gramsPerKwh;
}
function unitOf(reading) {
    return reading.kind === 'price' ? `${reading.currency}/kWh` : 'gCO2eq/kWh';
}
/** Grams to the gram, money to the hundredth of a cent. */
function valueText(reading, value = valueOf(reading)) {
    return value.toFixed(reading.kind === 'price' ? 4 : 0);
}
function readingRow(reading) {
    return { ...reading, unit: unitOf(reading) };
}
function nowRow(reading, { slotSeconds }, now) {
    const age = (0, gridSlots_1.ageSeconds)(reading, now);
    return { ...readingRow(reading), ageSeconds: age, stale: age > slotSeconds };
}
function nowText(row, style) {
    const { provider, zone, kind, status, validFromAt, validToAt, issuedAt, stale, warnings = [] } = row;
    const age = row.ageSeconds === 0 ? 'of now' : `ended ${(0, numbers_1.duration)(row.ageSeconds)} ago`;
    return [
        `${style.bold(`${valueText(row)} ${row.unit}`)}  ${stale ? style.doubtful(`stale: ${age}`) : age}`,
        (0, text_1.pairs)([
            ['Provider', provider],
            ['Zone', zone],
            ['Kind', row.kind === 'price' || row.factorType === null ? kind : `${kind}, ${row.factorType}`],
            ['Slot', `${(0, numbers_1.instant)(validFromAt)} to ${(0, numbers_1.instant)(validToAt)}, ${status}`],
            ['Issued', (0, numbers_1.instant)(issuedAt)],
        ]),
        ...warnings.map((warning) => style.doubtful((0, text_1.plain)(`The provider warns: ${warning}`))),
    ].join('\n');
}
//# sourceMappingURL=carbonReadings.js.map