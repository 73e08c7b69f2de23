"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.syntheticWorlds = syntheticWorlds;
/**
 * Jobs that no policy was tuned on. Epochs follow the critical-batch-size law with a misfit, speed a GPU that fills up,
 * power saturates; some sizes at either end never converge.
 */
const random_1 = require("../policy/random");
const error_1 = require("./error");
const references_1 = require("./references");
const world_1 = require("./world");
const powerLimitsWatts = [100, 125, 150, 175, 200, 225, 250];
/** A run draws one of so many equally likely epoch counts. */
const outcomesPerSize = 100;
/** The default is a size that costs at most this multiple of the best, at the best limit and η = 0.5. */
const dearestDefault = 6;
/** The n-th is always the same. */
function syntheticWorlds(count) {
    return Array.from({ length: count }, (_, index) => syntheticWorld(index));
}
function syntheticWorld(index) {
    const random = (0, random_1.createRandom)((0, random_1.seedFor)(`synthetic job ${index}`));
    for (let draw = 0; draw < 100; draw++) {
        const world = withDefault(drawWorld(`synthetic-${String(index).padStart(3, '0')}`, random), random);
        if (world !== null)
            return world;
    }
    throw new error_1.SimulationError(`Cannot draw synthetic job ${index}: no size always converges.`);
}
function drawWorld(id, random) {
    const batchSizes = drawBatchSizes(random);
    const mean = drawMeanEpochs(batchSizes, random);
    const maxEpochs = Math.max(1, Math.round(6 * Math.min(...mean.values())));
    const outcomes = drawOutcomes(batchSizes, mean, random);
    const speeds = drawSpeeds(batchSizes, random);
    const outcomesOf = (batchSize) => outcomes.get(batchSize) ?? [];
    return {
        job: { id, batchSizes, defaultBatchSize: batchSizes[0] ?? 1, maxEpochs },
        gpus: { model: 'synthetic', count: 1, powerLimitsWatts },
        samplesPerEpoch: null,
        drawEpochs: (batchSize, draws) => (0, world_1.drawFrom)(outcomesOf(batchSize), draws),
        measure: (batchSize, watts) => speeds(batchSize, watts),
        powerLimitsFor: () => powerLimitsWatts,
        outcomesOf,
    };
}
function drawBatchSizes(random) {
    const count = between(random, 4, 14);
    const first = between(random, 1, 8);
    return Array.from({ length: count }, (_, step) => 2 ** (first + step));
}
/** N₀·(1 + b/B_c + B_l/b)·misfit. */
function drawMeanEpochs(batchSizes, random) {
    const low = Math.log2(Math.min(...batchSizes));
    const range = Math.log2(Math.max(...batchSizes)) - low;
    const least = Math.exp(within(random, Math.log(3), Math.log(40)));
    const critical = 2 ** (low + range * within(random, 0.3, 1.3));
    const tooSmall = 2 ** within(random, low - 6, low + 0.35 * range);
    return new Map(batchSizes.map((size) => [
        size,
        least * (1 + size / critical + tooSmall / size) * Math.exp(random.normal(0, 0.08)),
    ]));
}
function drawOutcomes(batchSizes, mean, random) {
    const sd = within(random, 0.02, 0.2);
    const upToAThird = () => between(random, 1, Math.max(2, Math.floor(batchSizes.length / 3) + 1));
    const neverBelow = random.uniform() < 0.5 ? upToAThird() : 0;
    const neverFrom = batchSizes.length - (random.uniform() < 0.4 ? upToAThird() : 0);
    return new Map(batchSizes.map((size, index) => {
        const converges = index >= neverBelow && index < neverFrom;
        const epochs = () => Math.max(1, Math.round((mean.get(size) ?? 1) * Math.exp(random.normal(0, sd))));
        return [size, Array.from({ length: outcomesPerSize }, () => (converges ? epochs() : null))];
    }));
}
/**
 * Seconds per epoch t₀·(1 + h/b)·max(1, (P₀/p)^α) with 1 % noise, for some with a penalty for padding; the draw is
 * 0.98·min(p, P₀), where P₀ = peak·(0.6 + 0.4·b/(b + h)).
 */
function drawSpeeds(batchSizes, random) {
    const base = Math.exp(within(random, Math.log(10), Math.log(1000)));
    const half = 2 ** within(random, Math.log2(Math.min(...batchSizes)) - 1, Math.log2(Math.max(...batchSizes)) - 1);
    const padding = random.uniform() < 0.3 ? within(random, 0, 0.15) : 0;
    const exponent = within(random, 0.3, 1.2);
    const peakWatts = within(random, 120, 250);
    const noise = new Map(batchSizes.map((size) => [
        size,
        new Map(powerLimitsWatts.map((watts) => [watts, Math.exp(random.normal(0, 0.01))])),
    ]));
    return (batchSize, watts) => {
        const wanted = peakWatts * (0.6 + (0.4 * batchSize) / (batchSize + half));
        const slower = Math.max(1, (wanted / watts) ** exponent) * (noise.get(batchSize)?.get(watts) ?? 1);
        const padded = (batchSize / (batchSizes[0] ?? 1)) ** padding;
        return {
            secondsPerEpoch: base * (1 + half / batchSize) * padded * slower,
            averageWatts: 0.98 * Math.min(watts, wanted),
        };
    };
}
/** Any size that always converges and is not much dearer than the best; null if there is none. */
function withDefault(world, random) {
    const eta = 0.5;
    const { maxEpochs } = world.job;
    const dearest = dearestDefault * (0, references_1.oracle)(world, eta).costJoules;
    const eligible = world.job.batchSizes.filter((size) => world.outcomesOf(size).every((epochs) => epochs !== null && epochs <= maxEpochs) &&
        Number.isFinite((0, references_1.expectedEpochs)(world, size)) &&
        powerLimitsWatts.some((watts) => (0, references_1.fixedChoice)(world, size, watts, eta).costJoules < dearest));
    const defaultBatchSize = eligible[Math.floor(random.uniform() * eligible.length)];
    return defaultBatchSize === undefined ? null : { ...world, job: { ...world.job, defaultBatchSize } };
}
/** A whole number, `low` ≤ n < `high`. */
function between(random, low, high) {
    return low + Math.floor(random.uniform() * (high - low));
}
function within(random, low, high) {
    return low + random.uniform() * (high - low);
}
//# sourceMappingURL=synthetic.js.map