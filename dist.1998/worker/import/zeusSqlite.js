"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.readZeusSqlite = readZeusSqlite;
/**
 * The database of Zeus's batch size optimizer (`zeus/optimizer/batch_size/server/database/schema.py` of zeus 0.16), as a SQLite file.
 * Trials are the truth; what Zeus believed of its arms is not read.
 */
const zod_1 = require("zod");
const yamlRules_1 = require("../yamlRules");
const input_1 = require("./input");
const rows_1 = require("./rows");
const sqliteFile_1 = require("./sqliteFile");
const flag = zod_1.z.union([zod_1.z.literal(0), zod_1.z.literal(1)]).transform((value) => value === 1);
const jobRow = zod_1.z.object({
    job_id: zod_1.z.string(),
    target_metric: zod_1.z.number(),
    higher_is_better_metric: flag,
    /** Watts, of all GPUs together. */
    max_power: zod_1.z.number().positive(),
    number_of_gpus: zod_1.z.int().positive(),
    gpu_model: zod_1.z.string(),
});
const ended = { time: zod_1.z.number().positive(), energy: zod_1.z.number().positive(), converged: flag };
const notEnded = { time: zod_1.z.null(), energy: zod_1.z.null(), converged: zod_1.z.null() };
const anyTrial = {
    trial_number: zod_1.z.int().positive(),
    batch_size: zod_1.z.int().positive(),
    /** Local time of some host, so only differences mean something. */
    start_timestamp: zod_1.z.string(),
    end_timestamp: zod_1.z.string().nullable(),
};
const trialRow = zod_1.z.discriminatedUnion('status', [
    zod_1.z.object({ ...anyTrial, ...ended, status: zod_1.z.literal('Succeeded') }),
    zod_1.z.object({ ...anyTrial, ...notEnded, status: zod_1.z.literal('Failed') }),
    zod_1.z.object({ ...anyTrial, ...notEnded, status: zod_1.z.literal('Dispatched') }),
]);
/** `job`: its id there; may be left out where there is one. @throws WattbanditError */
async function readZeusSqlite(file, job) {
    return (0, sqliteFile_1.withTables)(file, (tables) => {
        const of = chooseJob(file, tables, job);
        const trials = tables.rows({
            table: 'Trial',
            columns: [...Object.keys(anyTrial), ...Object.keys(ended), 'status'],
            where: { column: 'job_id', is: of.job_id },
            orderBy: 'trial_number',
            most: rows_1.mostRows + 1,
        });
        if (trials.length > rows_1.mostRows)
            throw (0, input_1.cannotImport)(file, `job ${of.job_id} has more than ${rows_1.mostRows} trials`);
        const direction = of.higher_is_better_metric ? 'atLeast' : 'atMost';
        return {
            donor: {
                name: `zeus-sqlite ${of.job_id}`,
                target: { value: of.target_metric, direction },
                gpuCount: of.number_of_gpus,
            },
            rows: trials.map((trial) => rowOf(trial, of)),
        };
    });
}
function chooseJob(file, tables, id) {
    const jobs = tables.rows({ table: 'Job', columns: Object.keys(jobRow.shape), orderBy: 'job_id', most: 1000 });
    const [first, second] = id === undefined ? jobs : jobs.filter(({ job_id: name }) => name === id);
    if (first === undefined || second !== undefined) {
        const names = jobs.slice(0, 10).map(({ job_id: name }) => String(name).slice(0, 100));
        throw (0, input_1.cannotImport)(file, `choose one of its ${jobs.length} jobs by --zeus-job: ${names.join(', ')}`);
    }
    const parsed = jobRow.safeParse(first, { error: yamlRules_1.ruleFor });
    if (parsed.success)
        return parsed.data;
    throw (0, input_1.cannotImport)(file, `its job ${String(first['job_id']).slice(0, 100)}: ${(0, input_1.problemsIn)(parsed.error)}`);
}
function rowOf(trial, job) {
    const place = `Trial ${String(trial['trial_number'])}`;
    const parsed = trialRow.safeParse(trial, { error: yamlRules_1.ruleFor });
    if (!parsed.success)
        return { kind: 'dropped', place, why: (0, input_1.problemsIn)(parsed.error) };
    const { trial_number: number, status, time, energy } = parsed.data;
    // One that was open when it was imported may have ended since.
    const key = JSON.stringify([number, status, time, energy]);
    return { kind: 'read', place, key, facts: factsOf(parsed.data, job), doubts: doubtsOf(parsed.data, job) };
}
/** A result that did not converge was stopped by Zeus's cost ceiling or its epoch limit; which of them, it does not record. */
function factsOf(trial, { gpu_model: gpuModel }) {
    const unsaid = { gpuModel, powerLimitWatts: null, epochs: null, at: null, measurements: [] };
    const { batch_size: batchSize, status } = trial;
    if (status === 'Succeeded') {
        const outcome = trial.converged ? 'converged' : 'tooDear';
        return { ...unsaid, batchSize, outcome, seconds: trial.time, joules: trial.energy };
    }
    const detail = status === 'Failed' ? 'Zeus: ended without a result' : 'Zeus: dispatched, and never heard of again';
    return { ...unsaid, batchSize, outcome: 'infrastructure', seconds: 0, joules: 0, detail };
}
/** Clocks and meters have their errors; beyond this share they disagree. */
const tolerance = 1.1;
function doubtsOf(trial, { max_power: most }) {
    if (trial.status !== 'Succeeded')
        return [];
    const watts = trial.energy / trial.time;
    const wallSeconds = trial.end_timestamp === null ? NaN : secondsBetween(trial.start_timestamp, trial.end_timestamp);
    return [
        ...(watts > tolerance * most ? [`drew ${watts.toFixed(0)} W, its GPUs at most ${most} W`] : []),
        ...(wallSeconds * tolerance + 1 < trial.time
            ? [`measured ${trial.time.toFixed(0)} s, but was over after ${wallSeconds.toFixed(0)} s`]
            : []),
    ];
}
/** SQLAlchemy writes `2024-05-01 12:00:00.000000`; both ends are of one clock. */
function secondsBetween(start, end) {
    const at = (text) => Date.parse(`${text.trim().replace(' ', 'T').slice(0, 23)}Z`);
    return (at(end) - at(start)) / 1000;
}
//# sourceMappingURL=zeusSqlite.js.map