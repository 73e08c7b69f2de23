"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.readCsv = readCsv;
/** Runs as CSV: what any other system can write. */
const sync_1 = require("csv-parse/sync");
const zod_1 = require("zod");
const facts_1 = require("../../policy/facts");
const input_1 = require("./input");
const yamlRules_1 = require("../yamlRules");
const rows_1 = require("./rows");
const mostBytes = 16 * 1024 * 1024;
const number = zod_1.z
    .string()
    .regex(/^\d+(\.\d+)?(e[+-]?\d+)?$/i, 'must be a number of at least 0')
    .transform(Number)
    .pipe(zod_1.z.number());
/** An empty cell: not known. */
const orUnknown = (known) => zod_1.z.preprocess((cell) => (cell === '' ? null : cell), known.nullable());
const atRule = 'must be an instant with its time zone, as 2021-07-01T05:00:00Z';
const run = zod_1.z.strictObject({
    batch_size: number.pipe(zod_1.z.int().positive()),
    power_limit_watts: orUnknown(number.pipe(zod_1.z.number().positive())),
    epochs: orUnknown(number.pipe(zod_1.z.int())),
    seconds: number,
    joules: number,
    outcome: zod_1.z.enum(['converged', ...facts_1.failureClasses]),
    gpu_model: orUnknown(zod_1.z.string()).default(null),
    at: orUnknown(zod_1.z.iso.datetime({ offset: true, error: atRule }).transform((at) => new Date(at).toISOString())).default(null),
});
const columns = Object.keys(run.shape);
const needed = columns.filter((column) => column !== 'gpu_model' && column !== 'at');
/** @throws WattbanditError */
async function readCsv(file) {
    const text = await (0, input_1.readText)(file, mostBytes);
    const [header, ...lines] = linesOf(file, text);
    const names = header?.cells ?? [];
    checkHeader(file, names);
    if (lines.length > rows_1.mostRows)
        throw (0, input_1.cannotImport)(file, `it has more than ${rows_1.mostRows} rows`);
    const isCutOff = !/\r?\n$/.test(text);
    // Rows that say the same are different runs, told apart by their number.
    const times = new Map();
    const rows = lines.map((line, index) => {
        const same = line.cells.join();
        times.set(same, (times.get(same) ?? 0) + 1);
        if (isCutOff && index === lines.length - 1)
            return dropped(line, 'has no line end: it may be cut off');
        return rowOf(line, names, `${same}#${times.get(same)}`);
    });
    return { donor: { name: 'csv', target: null, gpuCount: null }, rows };
}
function checkHeader(file, names) {
    const problems = [
        ...needed.filter((column) => !names.includes(column)).map((column) => `column ${column} is missing`),
        ...names.filter((name) => !columns.includes(name)).map((name) => `column ${name.slice(0, 50)} is unknown`),
        ...(new Set(names).size === names.length ? [] : ['a column is given twice']),
    ];
    if (problems.length > 0)
        throw (0, input_1.cannotImport)(file, `${problems.slice(0, 10).join(', ')}; its header may have ${columns.join(',')}`);
}
function rowOf(line, names, key) {
    const { cells } = line;
    if (cells.length !== names.length)
        return dropped(line, `has ${cells.length} fields where the header has ${names.length}`);
    const parsed = run.safeParse(Object.fromEntries(names.map((name, at) => [name, cells[at]])), { error: yamlRules_1.ruleFor });
    if (!parsed.success)
        return dropped(line, (0, input_1.problemsIn)(parsed.error));
    const { batch_size: batchSize, power_limit_watts: powerLimitWatts, gpu_model: gpuModel, ...same } = parsed.data;
    const facts = { ...same, batchSize, powerLimitWatts, gpuModel, measurements: [] };
    return { kind: 'read', place: `line ${line.line}`, key, facts, doubts: [] };
}
function dropped({ line }, why) {
    return { kind: 'dropped', place: `line ${line}`, why };
}
function linesOf(file, text) {
    const lines = [];
    try {
        (0, sync_1.parse)(text, {
            bom: true,
            relax_column_count: true,
            skip_empty_lines: true,
            trim: true,
            max_record_size: 10_000,
            on_record: (cells, { lines: line }) => {
                lines.push({ cells, line });
                return null;
            },
        });
        return lines;
    }
    catch (error) {
        throw (0, input_1.cannotImport)(file, (0, input_1.messageOf)(error), error);
    }
}
//# sourceMappingURL=csv.js.map