"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createTraceWorld = createTraceWorld;
const world_1 = require("./world");
function createTraceWorld(recording) {
    const { job, power, train } = recording;
    const speeds = bySize(job, power, (row) => row);
    for (const rows of speeds.values())
        rows.sort((a, b) => a.powerLimitWatts - b.powerLimitWatts);
    const outcomes = bySize(job, train.filter((row) => row.target === recording.target), (row) => row.targetEpoch);
    const limits = new Map([...speeds].map(([batchSize, rows]) => [batchSize, rows.map((row) => row.powerLimitWatts)]));
    return {
        job,
        gpus: {
            model: recording.gpuModel,
            count: 1,
            powerLimitsWatts: [...new Set([...limits.values()].flat())].sort((a, b) => a - b),
        },
        samplesPerEpoch: recording.samplesPerEpoch,
        target: recording.target,
        excludedBatchSizes: [...new Set([...train, ...power].map((row) => row.batchSize))]
            .filter((batchSize) => !job.batchSizes.includes(batchSize))
            .sort((a, b) => a - b),
        neighbours: () => neighboursOf(recording).map((target) => createTraceWorld({ ...recording, target })),
        drawEpochs: (batchSize, random) => (0, world_1.drawFrom)(of(outcomes, batchSize, job), random),
        measure: (batchSize, watts) => (0, world_1.speedAt)(of(speeds, batchSize, job), watts),
        powerLimitsFor: (batchSize) => of(limits, batchSize, job),
        outcomesOf: (batchSize) => of(outcomes, batchSize, job),
    };
}
/** The recorded targets next to this one. */
function neighboursOf({ target, train }) {
    const targets = [...new Set(train.map((row) => row.target))].sort((a, b) => a - b);
    const here = targets.indexOf(target);
    return [targets[here - 1], targets[here + 1]].filter((other) => other !== undefined);
}
function bySize(job, rows, value) {
    const groups = new Map(job.batchSizes.map((batchSize) => [batchSize, []]));
    for (const row of rows)
        groups.get(row.batchSize)?.push(value(row));
    return groups;
}
function of(groups, batchSize, job) {
    const group = groups.get(batchSize);
    if (group !== undefined)
        return group;
    throw new Error(`Cannot train ${job.id} with batch size ${batchSize}: it has ${job.batchSizes.join(', ')}.`);
}
//# sourceMappingURL=traceWorld.js.map