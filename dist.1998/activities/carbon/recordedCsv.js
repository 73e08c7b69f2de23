"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.parseRecording = parseRecording;
exports.secondsIn = secondsIn;
/** A recorded signal as rows: any CSV with a column of instants and one of values, whatever they are called. */
const sync_1 = require("csv-parse/sync");
const error_1 = require("./error");
const gridSlots_1 = require("./gridSlots");
/** In order of time. Rows without a value are left out; of two for the same instant the later one counts. */
function parseRecording(file, text, columns = {}) {
    const [header, ...lines] = linesOf(file, text);
    const [first] = lines;
    if (header === undefined || first === undefined)
        throw wrong(file, 'it has no row below its header');
    const time = columnFor(file, header, columns.time) ?? timeColumn(file, header, first);
    const value = columnFor(file, header, columns.value) ?? valueColumn(file, header, { first, time });
    const rows = lines.flatMap(({ cells, number }) => {
        const instant = cells[time] ?? '';
        const amount = cells[value] ?? '';
        const atSeconds = secondsIn(instant);
        if (atSeconds === undefined)
            throw wrong(`${file}:${number}`, `"${instant}" is no instant`);
        if (/^(nan|null)?$/i.test(amount))
            return [];
        if (!Number.isFinite(Number(amount)))
            throw wrong(`${file}:${number}`, `"${amount}" is no number`);
        return [{ atSeconds, value: Number(amount) }];
    });
    if (rows.length === 0)
        throw wrong(file, 'no row has a value');
    return [...new Map(rows.map((row) => [row.atSeconds, row])).values()].toSorted((a, b) => a.atSeconds - b.atSeconds);
}
function linesOf(file, text) {
    const lines = [];
    const on_record = (cells, { lines: number }) => {
        lines.push({ cells, number });
        return null;
    };
    try {
        (0, sync_1.parse)(text, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true, on_record });
    }
    catch (error) {
        throw wrong(file, error instanceof Error ? error.message : String(error));
    }
    return lines;
}
function columnFor(file, { cells }, title) {
    if (title === undefined)
        return undefined;
    const at = cells.indexOf(title);
    if (at >= 0)
        return at;
    throw wrong(file, `it has no column "${title}" but ${cells.join(', ')}`);
}
/** The first whose cell reads as an instant. A count of rows does not: Unix time has ten digits. */
function timeColumn(file, header, first) {
    const at = first.cells.findIndex((cell) => secondsIn(cell) !== undefined);
    if (at >= 0)
        return at;
    throw wrong(file, `no column of ${header.cells.join(', ')} holds instants; name it`);
}
/** The one whose title says so, else the only one with numbers. */
function valueColumn(file, header, { first, time }) {
    const numbers = first.cells.flatMap((cell, at) => (at > time && isNumber(cell) ? [at] : []));
    const titled = numbers.find((at) => /intensity|kwh|price|value|moer/i.test(header.cells[at] ?? ''));
    const found = titled ?? (numbers.length === 1 ? numbers[0] : undefined);
    if (found !== undefined)
        return found;
    throw wrong(file, `which of ${header.cells.join(', ')} holds the values is not clear; name it`);
}
function isNumber(cell) {
    return cell !== '' && Number.isFinite(Number(cell));
}
/** UTC where no zone is told. ISO 8601 in its variants, `MM/DD/YYYY hh:mm:ss` as CarbonCast writes it, Unix seconds. */
function secondsIn(text) {
    if (/^\d{9,10}$/.test(text))
        return Number(text);
    const american = /^(\d\d)\/(\d\d)\/(\d{4})(?: (\d\d:\d\d(?::\d\d)?))?$/.exec(text);
    const [, month, day, year, hour = '00:00'] = american ?? [];
    const iso = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?(?: ?(Z|UTC|[+-]\d\d:?\d\d))?$/.exec(text);
    const [, date = `${year}-${month}-${day}`, time = hour, zone = 'Z'] = iso ?? [];
    if (american === null && iso === null)
        return undefined;
    const seconds = (0, gridSlots_1.secondsOf)(`${date}T${time}${zone === 'UTC' ? 'Z' : zone}`);
    return Number.isFinite(seconds) ? seconds : undefined;
}
function wrong(place, fact) {
    return new error_1.SourceError('invalid', `${place} is not a recording: ${fact}`);
}
//# sourceMappingURL=recordedCsv.js.map