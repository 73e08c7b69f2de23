"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.learn = learn;
exports.recordRun = recordRun;
/** How a run changes the memory: what it teaches, what is forgotten, and when the job is taken to have changed. */
const epochs_1 = require("./epochs");
const facts_1 = require("./facts");
const gaussianProcess_1 = require("./gaussianProcess");
const imported_1 = require("./imported");
const memory_1 = require("./memory");
/** Losses that are nobody's fault leave no trace but the measurements that were really taken. */
function learn(memory, observation, job, parameters) {
    const { gpuModel, batchSize, outcome, imported } = observation;
    const swept = profileWentThrough(observation) ? batchSize : undefined;
    const recorded = (0, memory_1.recordMeasurements)(memory, gpuModel, (0, imported_1.measurementsOf)(memory, observation), swept);
    const profiled = (0, memory_1.recordWindows)(recorded, gpuModel, batchSize, windowsIn(observation));
    const tooLarge = observation.outOfMemoryBatchSizes ?? [];
    const measured = tooLarge.reduce((known, size) => recordOutOfMemory(known, gpuModel, size), profiled);
    if (!teaches(observation))
        return measured;
    const counted = imported === undefined ? withRunOn(measured, gpuModel) : measured;
    if (outcome === 'outOfMemory')
        return recordOutOfMemory(counted, gpuModel, batchSize);
    if (outcome === 'converged' && (0, imported_1.isUnknown)(observation, 'epochs'))
        return (0, imported_1.recordTimed)(counted, observation);
    return recordRun(recordWholeRun(counted, observation), observation, job, parameters);
}
/** Imported runs do not count: what this job does in its first runs on a model, it has yet to do. */
function withRunOn(memory, model) {
    const gpu = (0, memory_1.gpuOf)(memory, model);
    return (0, memory_1.withGpu)(memory, model, { ...gpu, runs: gpu.runs + 1 });
}
function teaches({ outcome }) {
    return outcome === 'converged' || facts_1.teachingFailures.includes(outcome);
}
/** A profile is taken early in the first epoch, so a run that ended later on its own account has a whole one. */
function profileWentThrough(observation) {
    const profiled = observation.measurements.some((measured) => measured.source === 'profile' && measured.batchSize === observation.batchSize);
    return profiled && teaches(observation) && observation.outcome !== 'outOfMemory' && observation.epochs >= 1;
}
/** A run probes other sizes: what it measured of its own, apart from its average, were windows of its profile. */
function windowsIn({ measurements, batchSize, imported }) {
    const isWindow = ({ source }) => source === 'profile' || (source === 'probe' && !imported);
    const own = measurements.filter((of) => of.batchSize === batchSize && isWindow(of));
    return own.map(({ powerLimitWatts }) => powerLimitWatts);
}
/** Where nothing was measured, the totals of the run are better than nothing: some trainers cannot be profiled. */
function recordWholeRun(memory, run) {
    const { gpuModel, batchSize, powerLimitWatts, seconds, joules, epochs } = run;
    if ((0, memory_1.gpuOf)(memory, gpuModel).sizes[batchSize] !== undefined || epochs < 1)
        return memory;
    if ((0, imported_1.isUnknown)(run, 'powerLimitWatts'))
        return memory;
    const average = { batchSize, powerLimitWatts, secondsPerEpoch: seconds / epochs, averageWatts: joules / seconds };
    return (0, memory_1.recordMeasurements)(memory, gpuModel, [{ ...average, source: 'run' }]);
}
/** Memory is a matter of the GPU model, not of the curve. */
function recordOutOfMemory(memory, model, batchSize) {
    const gpu = (0, memory_1.gpuOf)(memory, model);
    return (0, memory_1.withGpu)(memory, model, { ...gpu, outOfMemory: Math.min(gpu.outOfMemory ?? batchSize, batchSize) });
}
/** One run that converged or failed in a way that teaches about epochs; any other changes nothing. */
function recordRun(memory, run, job, parameters) {
    if (!teaches(run) || run.outcome === 'outOfMemory')
        return memory;
    return run.outcome === 'converged' ? recordConverged(memory, run, job, parameters) : recordFailed(memory, run);
}
/** Elsewhere may have had another epoch limit, and a failure there belongs to no row of failures here. */
function recordFailed(memory, run) {
    const { batchSize, epochs, reachedEpochLimit, imported } = run;
    const proven = (0, memory_1.convergedOf)(memory, batchSize).n > 0;
    const before = (0, memory_1.failedOf)(memory, batchSize);
    const failed = {
        failures: before.failures + (0, imported_1.weightOf)(run),
        stopped: Math.max(before.stopped, epochs),
        wasted: before.wasted + (proven ? (0, imported_1.weightOf)(run) * epochs : 0),
        exhausted: before.exhausted || (reachedEpochLimit && imported === undefined),
    };
    return {
        ...memory,
        failed: { ...memory.failed, [batchSize]: failed },
        failuresInARow: memory.failuresInARow + (proven && imported === undefined ? 1 : 0),
    };
}
function recordConverged(memory, run, job, parameters) {
    const { batchSize, imported } = run;
    const epochs = Math.max(1, run.epochs);
    const weight = (0, imported_1.weightOf)(run);
    // A run of elsewhere is no sign that this job changed.
    const watched = imported ? memory : watchForDrift(memory, batchSize, Math.log(epochs), job, parameters);
    const before = (0, memory_1.convergedOf)(watched, batchSize);
    const fading = Math.min(1, (parameters.rememberedRuns - weight) / before.n);
    return {
        ...watched,
        converged: { ...watched.converged, [batchSize]: withRun(faded(before, fading), weight, epochs) },
        failed: fading < 1 ? withFadedWaste(watched.failed, batchSize, fading) : watched.failed,
        runs: watched.runs + weight,
        failuresInARow: imported ? watched.failuresInARow : 0,
    };
}
/** Earlier runs, counted for less than they were. */
function faded({ n, epochs, logs, squares }, by) {
    return { n: n * by, epochs: epochs * by, logs: logs * by, squares: squares * by };
}
function withRun({ n, epochs, logs, squares }, weight, more) {
    const log = Math.log(more);
    return {
        n: n + weight,
        epochs: epochs + weight * more,
        logs: logs + weight * log,
        squares: squares + weight * log * log,
    };
}
/** Waste is held against the epochs that converged, so both must fade alike. */
function withFadedWaste(failed, batchSize, factor) {
    const of = failed[batchSize];
    return of === undefined ? failed : { ...failed, [batchSize]: { ...of, wasted: of.wasted * factor } };
}
/** A size that converged before is compared with what was believed of it. */
function watchForDrift(memory, batchSize, log, job, parameters) {
    if ((0, memory_1.convergedOf)(memory, batchSize).n === 0)
        return memory;
    const grid = (0, epochs_1.gridFor)(job, batchSize);
    const belief = (0, epochs_1.believeEpochs)(memory, grid, parameters);
    const index = grid.sizes.indexOf(batchSize);
    const residual = log - (0, gaussianProcess_1.at)(belief.mean, index);
    const { driftClip, driftSlack, driftAlarm } = parameters;
    const z = residual / Math.sqrt((0, gaussianProcess_1.varianceAt)(belief, index) + belief.runVariance);
    const clipped = Math.max(-driftClip, Math.min(driftClip, z));
    const up = Math.max(0, memory.drift.up + clipped - driftSlack);
    const down = Math.max(0, memory.drift.down - clipped - driftSlack);
    if (up <= driftAlarm && down <= driftAlarm)
        return { ...memory, drift: { ...memory.drift, up, down } };
    const shape = Object.fromEntries(grid.sizes.map((size, i) => [size, (0, gaussianProcess_1.at)(belief.mean, i) + residual]));
    return startAnew(memory, shape, up > driftAlarm);
}
/** The counts are of another job now. If that needs more epochs, what failed before will still fail. */
function startAnew(memory, shape, harder) {
    const failed = {};
    for (const [size, of] of Object.entries(memory.failed)) {
        const proven = (memory.converged[size] ?? memory_1.nothingConverged).n > 0;
        if (harder && !proven)
            failed[size] = of;
    }
    const { timed: _, ...lasting } = memory;
    return { ...lasting, converged: {}, failed, drift: { up: 0, down: 0, alarms: memory.drift.alarms + 1, shape } };
}
//# sourceMappingURL=learn.js.map