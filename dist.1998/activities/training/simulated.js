"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createSimulatedTrainer = createSimulatedTrainer;
/**
 * A simulated trainer: replays a world (recorded traces) on simulated GPUs, in its own time. A run advances by ticks;
 * `speed` simulated seconds pass in one real second. The same run id always gives the same run.
 */
const promises_1 = require("node:timers/promises");
const common_1 = require("@temporalio/common");
const random_1 = require("../../policy/random");
const contracts_1 = require("../../workflows/contracts");
/** Progress is reported this many times an epoch: enough to profile a dozen limits within one. */
const ticksPerEpoch = 32;
/** Real sleeps shorter than this cost more than they pace. */
const shortestSleepMs = 20;
/** A probe runs this long, as a dozen steps and their warm-up would. */
const probeSeconds = 3;
function createSimulatedTrainer(options) {
    return {
        kind: 'simulated',
        async start(request) {
            const world = worldFor(options.worlds, request.spec);
            refuseUnrecorded(request, world);
            return createRun(request, world, options);
        },
    };
}
function createRun(request, world, { gpus, speed }) {
    const { batchSize, gpuUuids, spec } = request;
    const target = world.drawEpochs(batchSize, (0, random_1.createRandom)((0, random_1.seedFor)(`${spec.job}/${request.id}/run`)));
    let ticks = 0;
    let seconds = 0;
    let owedMs = 0;
    let evaluated = 0;
    async function pass(duration, watts) {
        seconds += duration;
        for (const uuid of gpuUuids)
            gpus.draw(uuid, (watts * duration) / gpuUuids.length);
        owedMs += (duration / speed) * 1000;
        if (owedMs < shortestSleepMs)
            return;
        const ms = owedMs;
        owedMs = 0;
        await (0, promises_1.setTimeout)(ms);
    }
    async function speedAt(size) {
        const [uuid = ''] = gpuUuids;
        return world.measure(size, await gpus.powerLimitWatts(uuid));
    }
    async function next() {
        const epoch = Math.floor(ticks / ticksPerEpoch);
        if (epoch > evaluated) {
            evaluated = epoch;
            return { kind: 'epoch', epoch, metric: metricAfter(epoch, target, spec), atSeconds: seconds };
        }
        const { secondsPerEpoch, averageWatts } = await speedAt(batchSize);
        await pass(secondsPerEpoch / ticksPerEpoch, averageWatts);
        ticks += 1;
        return { kind: 'progress', epochs: ticks / ticksPerEpoch, atSeconds: seconds };
    }
    async function probe(size) {
        const { secondsPerEpoch, averageWatts } = await speedAt(size);
        await pass(probeSeconds, averageWatts);
        return { kind: 'timed', seconds: probeSeconds, secondsPerEpoch };
    }
    return { next, probe, stop: async () => { } };
}
/** The recordings say when the target was reached, not how: the metric approaches it in a straight line. */
function metricAfter(epoch, targetEpoch, { target, maxEpochs }) {
    const share = Math.min(1, epoch / (targetEpoch ?? 2 * maxEpochs));
    return target.direction === 'atLeast' ? target.value * share : target.value * (2 - share);
}
function worldFor(worlds, spec) {
    const wanted = spec.trainer['dataset'];
    const world = worlds.find(({ job }) => job.id === wanted);
    if (world !== undefined)
        return world;
    throw common_1.ApplicationFailure.nonRetryable(`Cannot train job ${spec.job} on dataset ${String(wanted)}: this worker simulates ${worlds.map(({ job }) => job.id).join(', ')}; mend trainer.dataset.`, contracts_1.failureTypes.invalidRequest);
}
/** All sizes of the job, not only this run's: others are probed, and a later run should not be the first to fail. */
function refuseUnrecorded({ batchSize, spec }, { job }) {
    const unrecorded = [batchSize, ...spec.batchSizes].filter((size) => !job.batchSizes.includes(size));
    if (unrecorded.length === 0)
        return;
    throw common_1.ApplicationFailure.nonRetryable(`Cannot train job ${spec.job} at batch size ${unrecorded.join(', ')}: ${job.id} is recorded at ${job.batchSizes.join(', ')}; mend batchSizes.`, contracts_1.failureTypes.invalidRequest);
}
//# sourceMappingURL=simulated.js.map