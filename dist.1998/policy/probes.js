"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.planProbes = planProbes;
exports.nextProbe = nextProbe;
/** Which batch sizes to time with a few throw-away steps while a run trains: the plan, and the next step of it. */
const cost_1 = require("./cost");
const memory_1 = require("./memory");
const measurements_1 = require("./measurements");
const epochs_1 = require("./epochs");
const powerLimit_1 = require("./powerLimit");
/** A measured size speaks for others nearer than this; in doublings. */
const SPACING = 0.75;
/** A probe takes at least this long. */
const SHORTEST_PROBE_SECONDS = 1;
function doublingsBetween(a, b) {
    return Math.abs(Math.log(a / b) / Math.LN2);
}
/**
 * Sizes outward from the running one, or null where probing is over or out of place: it wants the first few runs on a GPU
 * model, no deadline, exploration not paused, and a recurrence that may profit.
 */
function planProbes({ memory, ask, parameters }, running, expectedEpochs) {
    const gpu = (0, memory_1.gpuOf)(memory, ask.gpus.model);
    if (!ask.exploration || ask.remainingRecurrences === 0 || ask.objective.deadlineSeconds !== undefined)
        return null;
    if (gpu.runs >= parameters.probedRuns)
        return null;
    const candidates = ask.job.batchSizes.filter((size) => size !== running && (0, memory_1.canHold)(gpu, size));
    const known = costsPerEpoch(memory, ask);
    const open = stillOpen(candidates, running, known, parameters.probeCostRatio);
    const down = open.filter((size) => size < running).reverse();
    const up = open.filter((size) => size > running);
    if (down.length + up.length === 0)
        return null;
    return {
        down,
        up,
        maxShareOfRun: parameters.probeShareOfRun,
        expectedEpochs: expectedEpochs ?? Math.min(ask.job.maxEpochs, parameters.guessedEpochs),
        maxCostRatio: parameters.probeCostRatio,
    };
}
function costsPerEpoch(memory, { job, gpus, objective: { eta } }) {
    const power = (0, cost_1.maxPowerWatts)(gpus);
    return (0, measurements_1.measuredOn)(memory, gpus, (0, epochs_1.gridFor)(job)).map(({ profile }) => {
        const best = (0, powerLimit_1.leastCost)(eta, power)(profile);
        return { batchSize: best.batchSize, joules: (0, cost_1.epochCostJoules)(best, eta, power) };
    });
}
/** Not measured, nor near a measured size, nor beyond one that was found too dear. */
function stillOpen(candidates, running, known, ratio) {
    const own = known.find(({ batchSize }) => batchSize === running);
    const tooDear = known.filter(({ joules }) => own !== undefined && joules > ratio * own.joules);
    return candidates.filter((size) => known.every(({ batchSize }) => doublingsBetween(size, batchSize) >= SPACING) &&
        !tooDear.some(({ batchSize }) => isBeyond(size, batchSize, running)));
}
function isBeyond(size, end, running) {
    return end > running ? size > end : size < end;
}
/**
 * The batch size to probe next, or null when enough is known or the time is used up. Ask, probe, add what was found to
 * `probed`, ask again. Nearest first, the smaller of two equally near.
 */
function nextProbe(plan, progress) {
    const { running, probed } = progress;
    const spent = probed.reduce((sum, { seconds }) => sum + seconds, 0);
    const longest = probed.reduce((most, { seconds }) => Math.max(most, seconds), SHORTEST_PROBE_SECONDS);
    if (spent + longest > plan.maxShareOfRun * plan.expectedEpochs * running.secondsPerEpoch)
        return null;
    const next = [nextIn(plan.down, plan, progress), nextIn(plan.up, plan, progress)];
    return next.reduce((nearest, size) => {
        if (size === null || nearest === null)
            return nearest ?? size;
        const nearer = doublingsBetween(size, running.batchSize) < doublingsBetween(nearest, running.batchSize) - 1e-9;
        return nearer ? size : nearest;
    });
}
/** A direction ends at a size that failed or costs too much; sizes near a measured one are passed over. */
function nextIn(direction, plan, progress) {
    const { running, probed, eta, maxPowerWatts: power } = progress;
    const dearest = plan.maxCostRatio * (0, cost_1.epochCostJoules)(running, eta, power);
    const ended = probed.some(({ batchSize, measurement }) => direction.includes(batchSize) && (measurement === null || (0, cost_1.epochCostJoules)(measurement, eta, power) > dearest));
    if (ended)
        return null;
    const taken = [running.batchSize, ...probed.map(({ batchSize }) => batchSize)];
    return direction.find((size) => taken.every((other) => doublingsBetween(size, other) >= SPACING)) ?? null;
}
//# sourceMappingURL=probes.js.map