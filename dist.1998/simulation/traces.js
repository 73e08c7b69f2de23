"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.loadTraces = loadTraces;
exports.listGpuModels = listGpuModels;
/** Worlds out of recorded traces. The only file of this folder that touches files. */
const node_fs_1 = require("node:fs");
const node_path_1 = require("node:path");
const error_1 = require("./error");
const traceJobs_1 = require("./traceJobs");
const traceRows_1 = require("./traceRows");
const traceWorld_1 = require("./traceWorld");
/** One world per job that is in `summary_train.csv` and in the GPU model's power file, in the train file's order. */
function loadTraces(directory, gpuModel, options = {}) {
    const train = (0, traceRows_1.parseTrainRows)('summary_train.csv', read(directory, 'summary_train.csv'));
    const powerFile = powerFileOf(directory, gpuModel);
    const power = (0, traceRows_1.parsePowerRows)(powerFile, read(directory, powerFile));
    const fromFile = (0, node_fs_1.existsSync)((0, node_path_1.join)(directory, 'jobs.json'))
        ? (0, traceJobs_1.parseJobsFile)('jobs.json', read(directory, 'jobs.json'))
        : {};
    const keys = jobKeys(train).filter((key) => joins(key, train, power));
    const datasets = [...new Set(jobKeys(train).map((key) => key.dataset))];
    (0, traceJobs_1.checkNames)({ target: options.target, defaultBatchSize: options.defaultBatchSize, maxEpochs: options.maxEpochs }, datasets);
    checkJobs(options.jobs, keys, powerFile);
    const chosen = keys.filter((key) => options.jobs?.includes(nameOf(key, keys)) ?? true);
    return chosen.map((key) => createWorld(gpuModel, nameOf(key, keys), rowsOf(key, train), rowsOf(key, power), (0, traceJobs_1.settingsFor)(key.dataset, fromFile, options)));
}
/** The GPU models that a directory has power files of. */
function listGpuModels(directory) {
    if (!(0, node_fs_1.existsSync)(directory))
        throw new error_1.SimulationError(`Cannot read traces: there is no directory ${directory}.`);
    return (0, node_fs_1.readdirSync)(directory)
        .flatMap((file) => /^summary_power_(.+)\.csv$/.exec(file)?.[1] ?? [])
        .sort();
}
function read(directory, file) {
    const path = (0, node_path_1.join)(directory, file);
    if (!(0, node_fs_1.statSync)(path, { throwIfNoEntry: false })?.isFile()) {
        throw new error_1.SimulationError(`Cannot read traces: there is no file ${file} in ${directory}.`);
    }
    return (0, node_fs_1.readFileSync)(path, 'utf8');
}
function powerFileOf(directory, gpuModel) {
    const models = listGpuModels(directory);
    if (models.includes(gpuModel))
        return `summary_power_${gpuModel}.csv`;
    throw new error_1.SimulationError(`Cannot simulate the GPU ${gpuModel}: ${directory} has ${models.length === 0 ? 'no power files' : models.join(', ')}.`);
}
function isOf(key) {
    return (row) => row.dataset === key.dataset && row.network === key.network && row.optimizer === key.optimizer;
}
function rowsOf(key, rows) {
    return rows.filter(isOf(key));
}
function jobKeys(train) {
    const keys = [];
    for (const row of train)
        if (!keys.some(isOf(row)))
            keys.push(row);
    return keys;
}
function joins(key, train, power) {
    const powered = new Set(rowsOf(key, power).map((row) => row.batchSize));
    return rowsOf(key, train).some((row) => powered.has(row.batchSize));
}
/** The dataset alone where that is unambiguous. */
function nameOf(key, keys) {
    const unique = keys.filter((other) => other.dataset === key.dataset).length === 1;
    return unique ? key.dataset : `${key.dataset}/${key.network}/${key.optimizer}`;
}
function checkJobs(wanted, keys, powerFile) {
    const names = keys.map((key) => nameOf(key, keys));
    if (names.length === 0) {
        throw new error_1.SimulationError(`Cannot simulate: no dataset, network, optimizer and batch size of ${powerFile} is in summary_train.csv.`);
    }
    const unknown = wanted?.find((name) => !names.includes(name));
    if (unknown !== undefined) {
        throw new error_1.SimulationError(`Cannot simulate the job ${unknown}: summary_train.csv and ${powerFile} share ${names.join(', ')}.`);
    }
}
function createWorld(gpuModel, name, train, power, settings) {
    const targets = [...new Set(train.map((row) => row.target))].sort((a, b) => a - b);
    const target = (0, traceJobs_1.targetOf)(name, settings, targets);
    const powered = new Set(power.map((row) => row.batchSize));
    const trained = new Set(train.filter((row) => row.target === target).map((row) => row.batchSize));
    const batchSizes = [...powered].filter((batchSize) => trained.has(batchSize)).sort((a, b) => a - b);
    return (0, traceWorld_1.createTraceWorld)({
        job: {
            id: name,
            batchSizes,
            defaultBatchSize: (0, traceJobs_1.defaultBatchSizeOf)(name, settings, batchSizes),
            maxEpochs: (0, traceJobs_1.maxEpochsOf)(name, settings),
        },
        gpuModel,
        samplesPerEpoch: settings.samplesPerEpoch ?? null,
        target,
        train,
        power,
    });
}
//# sourceMappingURL=traces.js.map