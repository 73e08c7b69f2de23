"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.parseJobsFile = parseJobsFile;
exports.settingsFor = settingsFor;
exports.checkNames = checkNames;
exports.targetOf = targetOf;
exports.defaultBatchSizeOf = defaultBatchSizeOf;
exports.maxEpochsOf = maxEpochsOf;
/** What the trace files do not say of a job: its target, default batch size and epoch limit; built in for Zeus's six. */
const zod_1 = require("zod");
const error_1 = require("./error");
/**
 * `maxEpochs` and `defaultBatchSize` as in Zeus's `run_alibaba.py`. Samples per epoch are those of the public training
 * sets (MovieLens with NCF's four negatives per rating); they only count steps.
 */
const builtIn = {
    cifar100: { target: 0.6, maxEpochs: 100, defaultBatchSize: 1024, samplesPerEpoch: 50_000 },
    imagenet: { target: 0.65, maxEpochs: 100, defaultBatchSize: 256, samplesPerEpoch: 1_281_167 },
    librispeech: { target: 40, maxEpochs: 16, defaultBatchSize: 192, samplesPerEpoch: 281_241 },
    'movielens-1m': { target: 0.41, maxEpochs: 100, defaultBatchSize: 1024, samplesPerEpoch: 4_970_845 },
    squad: { target: 84, maxEpochs: 6, defaultBatchSize: 32, samplesPerEpoch: 88_524 },
    sentiment140: { target: 0.84, maxEpochs: 10, defaultBatchSize: 128, samplesPerEpoch: 1_600_000 },
};
const jobSettings = zod_1.z.strictObject({
    target: zod_1.z.number().optional(),
    maxEpochs: zod_1.z.int().positive().optional(),
    defaultBatchSize: zod_1.z.int().positive().optional(),
    samplesPerEpoch: zod_1.z.int().positive().optional(),
});
const jobsFile = zod_1.z.record(zod_1.z.string(), jobSettings);
/** Parses a directory's `jobs.json`: an object of settings by dataset. */
function parseJobsFile(file, text) {
    let json;
    try {
        json = JSON.parse(text);
    }
    catch (cause) {
        throw new error_1.SimulationError(`Cannot read ${file}: it is not JSON.`, { cause });
    }
    const parsed = jobsFile.safeParse(json);
    if (parsed.success)
        return parsed.data;
    throw new error_1.SimulationError(`Cannot read ${file}: ${zod_1.z.prettifyError(parsed.error)}`);
}
/** Options win over `jobs.json`, which wins over what is built in. */
function settingsFor(dataset, fromFile, overrides) {
    const target = valueFor(dataset, overrides.target);
    const defaultBatchSize = valueFor(dataset, overrides.defaultBatchSize);
    const maxEpochs = valueFor(dataset, overrides.maxEpochs);
    return {
        ...builtIn[dataset],
        ...fromFile[dataset],
        ...(target !== undefined && { target }),
        ...(defaultBatchSize !== undefined && { defaultBatchSize }),
        ...(maxEpochs !== undefined && { maxEpochs }),
    };
}
function valueFor(dataset, values) {
    return typeof values === 'object' ? values[dataset] : values;
}
/** A name that an option gives and the files do not have is a mistake. */
function checkNames(overrides, datasets) {
    for (const [option, values] of Object.entries(overrides)) {
        if (typeof values !== 'object')
            continue;
        const unknown = Object.keys(values).find((dataset) => !datasets.includes(dataset));
        if (unknown !== undefined) {
            throw new error_1.SimulationError(`Cannot set ${option} of ${unknown}: the traces have ${datasets.join(', ')}.`);
        }
    }
}
/** The target that counts: given, or the only one in the file. */
function targetOf(dataset, settings, inFile) {
    const target = settings.target ?? (inFile.length === 1 ? inFile[0] : undefined);
    if (target !== undefined && inFile.includes(target))
        return target;
    const problem = target === undefined ? 'it needs one' : `the file does not have ${target}`;
    throw new error_1.SimulationError(`Cannot set the target of ${dataset}: ${problem}; choose from ${inFile.join(', ')}.`);
}
/**
 * Zeus caps the default by what fits on the GPU. A built-in default that this GPU's traces pass over gives way to the next
 * smaller size; one that the user asked for must be there.
 */
function defaultBatchSizeOf(dataset, settings, batchSizes) {
    const wish = settings.defaultBatchSize;
    const capped = batchSizes.findLast((batchSize) => wish !== undefined && batchSize <= wish);
    const mistaken = wish !== builtIn[dataset]?.defaultBatchSize && wish !== capped && capped !== batchSizes.at(-1);
    if (capped !== undefined && !mistaken)
        return capped;
    const problem = wish === undefined ? 'it needs one' : `${wish} is not recorded`;
    const remedy = `choose from ${batchSizes.join(', ')}`;
    throw new error_1.SimulationError(`Cannot set the default batch size of ${dataset}: ${problem}; ${remedy}.`);
}
function maxEpochsOf(dataset, settings) {
    if (settings.maxEpochs !== undefined && Number.isInteger(settings.maxEpochs) && settings.maxEpochs > 0) {
        return settings.maxEpochs;
    }
    const problem = settings.maxEpochs === undefined ? 'it is not built in' : `${settings.maxEpochs} is not a whole number above 0`;
    throw new error_1.SimulationError(`Cannot set the epoch limit of ${dataset}: ${problem}; give --max-epochs or a jobs.json.`);
}
//# sourceMappingURL=traceJobs.js.map