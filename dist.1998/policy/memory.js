"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.emptyMemory = exports.nothingFailed = exports.nothingConverged = void 0;
exports.convergedOf = convergedOf;
exports.failedOf = failedOf;
exports.gpuOf = gpuOf;
exports.timedOf = timedOf;
exports.hasConverged = hasConverged;
exports.withGpu = withGpu;
exports.canHold = canHold;
exports.recordMeasurements = recordMeasurements;
exports.recordWindows = recordWindows;
/** What `wattbandit` remembers of a job: sums of epochs, power measurements, failures. Plain JSON, no beliefs. */
const facts_1 = require("./facts");
exports.nothingConverged = { n: 0, epochs: 0, logs: 0, squares: 0 };
exports.nothingFailed = { failures: 0, stopped: 0, wasted: 0, exhausted: false };
const nothingOfGpu = { runs: 0, outOfMemory: null, sizes: {} };
exports.emptyMemory = {
    version: 1,
    converged: {},
    failed: {},
    gpus: {},
    drift: { up: 0, down: 0, alarms: 0, shape: null },
    runs: 0,
    failuresInARow: 0,
};
function convergedOf(memory, batchSize) {
    return memory.converged[batchSize] ?? exports.nothingConverged;
}
function failedOf(memory, batchSize) {
    return memory.failed[batchSize] ?? exports.nothingFailed;
}
function gpuOf(memory, model) {
    return memory.gpus[model] ?? nothingOfGpu;
}
function timedOf({ timed }, model, batchSize) {
    return timed?.[model]?.[batchSize] ?? { n: 0, logs: 0 };
}
/** Of this batch size a run is known to have converged, here or elsewhere. */
function hasConverged(memory, batchSize) {
    const elsewhere = Object.values(memory.timed ?? {}).some((sizes) => sizes[batchSize] !== undefined);
    return elsewhere || convergedOf(memory, batchSize).n > 0;
}
function withGpu(memory, model, facts) {
    return { ...memory, gpus: { ...memory.gpus, [model]: facts } };
}
function canHold(gpu, batchSize) {
    return gpu.outOfMemory === null || batchSize < gpu.outOfMemory;
}
/**
 * Power measurements are kept per GPU model, batch size and limit; the latest counts, but a probe of a few steps never
 * replaces what a whole profile found. `sweptBatchSize` is the size whose profile went through to the end.
 */
function recordMeasurements(memory, model, measurements, sweptBatchSize) {
    const plausible = measurements.filter(facts_1.isPlausible);
    if (plausible.length === 0)
        return memory;
    const gpu = gpuOf(memory, model);
    const sizes = { ...gpu.sizes };
    for (const at of plausible) {
        const known = sizes[at.batchSize] ?? { swept: false, limits: {} };
        if (at.source === 'probe' && known.swept)
            continue;
        const swept = known.swept || at.batchSize === sweptBatchSize;
        sizes[at.batchSize] = {
            swept,
            limits: { ...known.limits, [at.powerLimitWatts]: [at.secondsPerEpoch, at.averageWatts] },
            ...(swept || known.windows === undefined ? {} : { windows: known.windows }),
        };
    }
    return withGpu(memory, model, { ...gpu, sizes });
}
/** Which measurements of a size, recorded already, are as good as those of a whole profile. */
function recordWindows(memory, model, batchSize, limits) {
    const gpu = gpuOf(memory, model);
    const known = gpu.sizes[batchSize];
    const measured = limits.filter((watts) => known?.limits[watts] !== undefined);
    if (known === undefined || known.swept || measured.length === 0)
        return memory;
    const windows = [...new Set([...(known.windows ?? []), ...measured])].sort((a, b) => a - b);
    return withGpu(memory, model, { ...gpu, sizes: { ...gpu.sizes, [batchSize]: { ...known, windows } } });
}
//# sourceMappingURL=memory.js.map