"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.columnsOf = columnsOf;
/** Which columns of a zone file hold the time and the carbon intensity, whatever they are called. */
const carbonTimes_1 = require("./carbonTimes");
const error_1 = require("./error");
/** As many lines are looked at before the columns are told apart. */
const looked = 200;
const timeNames = [
    /^utc[ _]?time$|time.*utc|utc.*time/i,
    /^(date)?[ _-]?time(stamp)?$|^timestamp/i,
    /time|date|from|start|period/i,
];
/** The first that matches; life-cycle values are the protocol's, and forecasts are no measurements. */
const valueNames = [
    /^carbon[ _]?intensity$/i,
    /carbon.?intensity.*life.?cycle|life.?cycle.*carbon.?intensity/i,
    /carbon.?intensity/i,
    /g.{0,8}\/ ?kwh|g(co2(eq)?)?_?per_?kwh/i,
    /^(actual|observed|value|intensity|co2|ci|moer)$/i,
    /intensity|co2|co₂|emission/i,
];
const notValues = /forecast|predict|index|percent|%|renewable|carbon.?free|zone|country/i;
function columnsOf(file, header, records) {
    const sample = records.slice(0, looked);
    const column = (at) => sample.map(({ cells }) => cells[at] ?? '').filter((cell) => cell !== '');
    const places = header.map((_, at) => at);
    const times = places.filter((at) => holds(column(at), (cell) => isTime(cell, column(at))));
    const time = named(header, times, timeNames) ?? times[0];
    if (time === undefined)
        throw refusal(file, header, 'no column of instants, as 2021-07-01T05:00:00Z');
    const numeric = places.filter((at) => at !== time && holds(column(at), isNumber) && !notValues.test(header[at] ?? ''));
    const unnamed = numeric.filter((at) => header[at] !== '');
    const value = named(header, numeric, valueNames) ?? (unnamed.length === 1 ? unnamed[0] : undefined);
    if (value === undefined)
        throw refusal(file, header, 'no column that is the carbon intensity; call it carbon_intensity');
    return { time, value };
}
function isTime(cell, column) {
    return (0, carbonTimes_1.secondsAt)(cell, (0, carbonTimes_1.dayOrderOf)(column) ?? 'monthFirst') !== null;
}
function isNumber(cell) {
    return Number.isFinite(Number(cell));
}
/** A wrong line is found later, with its number; here most must fit. */
function holds(cells, fits) {
    return cells.length > 0 && cells.filter(fits).length > 0.8 * cells.length;
}
function named(header, places, names) {
    for (const name of names) {
        const found = places.find((at) => name.test((header[at] ?? '').trim()));
        if (found !== undefined)
            return found;
    }
    return undefined;
}
function refusal(file, header, lacks) {
    return new error_1.SimulationError(`Cannot read ${file}: it has ${lacks}; its header is ${header.join(',')}.`);
}
//# sourceMappingURL=carbonColumns.js.map