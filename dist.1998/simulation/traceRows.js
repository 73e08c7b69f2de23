"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.parseTrainRows = parseTrainRows;
exports.parsePowerRows = parsePowerRows;
exports.refuseCutOff = refuseCutOff;
exports.cellsOf = cellsOf;
/** The two CSV files of a trace directory as typed rows. Format: data/zeus, from Zeus's NSDI '23 artifact. */
const sync_1 = require("csv-parse/sync");
const error_1 = require("./error");
function parseTrainRows(file, text) {
    return parseLines(file, text, ['dataset', 'network', 'optimizer', 'batch_size', 'target_metric', 'target_epoch']).map((line) => ({
        ...keyOf(line),
        batchSize: wholeNumber(line, 'batch_size'),
        target: finite(line, 'target_metric'),
        // Pandas, which writes these files, marks a missing value in both ways.
        targetEpoch: /^(nan)?$/i.test(line.cell('target_epoch')) ? null : wholeNumber(line, 'target_epoch'),
    }));
}
function parsePowerRows(file, text) {
    return parseLines(file, text, [
        'dataset',
        'network',
        'optimizer',
        'batch_size',
        'power_limit',
        'time_per_epoch',
        'average_power',
    ]).map((line) => ({
        ...keyOf(line),
        batchSize: wholeNumber(line, 'batch_size'),
        powerLimitWatts: positive(line, 'power_limit'),
        secondsPerEpoch: positive(line, 'time_per_epoch'),
        averageWatts: positive(line, 'average_power'),
    }));
}
function keyOf(line) {
    return { dataset: line.cell('dataset'), network: line.cell('network'), optimizer: line.cell('optimizer') };
}
function parseLines(file, text, columns) {
    const [header, ...records] = cellsOf(file, text);
    if (header === undefined)
        throw new error_1.SimulationError(`Cannot read ${file}: it is empty; give it the header ${columns.join(',')}.`);
    const missing = columns.filter((column) => !header.cells.includes(column));
    if (missing.length > 0) {
        throw new error_1.SimulationError(`Cannot read ${file}: column ${missing.join(', ')} is missing; its header is ${header.cells.join(',')}.`);
    }
    refuseCutOff(file, text);
    return records.map(({ cells, line }) => {
        if (cells.length !== header.cells.length) {
            throw new error_1.SimulationError(`Cannot read ${file}:${line}: "${cells.join(',')}" has ${cells.length} fields where the header has ` +
                `${header.cells.length}; complete the line or remove it.`);
        }
        return { at: `${file}:${line}`, cell: (column) => cells[header.cells.indexOf(column)] ?? '' };
    });
}
/** A number that lost its last digits still is one: only the missing line end shows. */
function refuseCutOff(file, text) {
    if (/\r?\n$/.test(text))
        return;
    throw new error_1.SimulationError(`Cannot read ${file}:${text.split('\n').length}: its last line does not end, so the file may be cut off; ` +
        'fetch it again, or end the line if it is whole.');
}
function cellsOf(file, text) {
    const records = [];
    try {
        (0, sync_1.parse)(text, {
            bom: true,
            relax_column_count: true,
            skip_empty_lines: true,
            trim: true,
            on_record: (cells, { lines }) => {
                records.push({ cells, line: lines });
                return cells;
            },
        });
        return records;
    }
    catch (cause) {
        throw new error_1.SimulationError(`Cannot read ${file}: ${cause instanceof Error ? cause.message : String(cause)}`, {
            cause,
        });
    }
}
function finite(line, column) {
    const text = line.cell(column);
    const value = Number(text);
    if (text !== '' && Number.isFinite(value))
        return value;
    throw invalid(line, column, 'a number');
}
function positive(line, column) {
    const value = finite(line, column);
    if (value > 0)
        return value;
    throw invalid(line, column, 'a positive number');
}
function wholeNumber(line, column) {
    const value = positive(line, column);
    if (Number.isSafeInteger(value))
        return value;
    throw invalid(line, column, 'a whole positive number');
}
function invalid(line, column, rule) {
    return new error_1.SimulationError(`Cannot read ${line.at}: ${column} is "${line.cell(column)}" and must be ${rule}; correct the line or remove it.`);
}
//# sourceMappingURL=traceRows.js.map