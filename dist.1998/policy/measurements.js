"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.measurementsFor = measurementsFor;
exports.measuredOn = measuredOn;
exports.profiledOf = profiledOf;
/** What was measured of each batch size on the GPU model of a run, and on the model that may stand in for it. */
const cost_1 = require("./cost");
const memory_1 = require("./memory");
function measurementsFor(memory, gpus, grid, { warmStartBelow }) {
    const here = { sizes: measuredOn(memory, gpus, grid), maxPowerWatts: (0, cost_1.maxPowerWatts)(gpus) };
    const elsewhere = here.sizes.length < warmStartBelow ? bestMeasuredElsewhere(memory, gpus, grid, here) : null;
    return { grid, here, elsewhere };
}
/** Limits that may no longer be set are left out, unless no others are known. */
function measuredOn(memory, { model, powerLimitsWatts }, { sizes }) {
    const known = (0, memory_1.gpuOf)(memory, model).sizes;
    return sizes.flatMap((batchSize, index) => {
        const facts = known[batchSize];
        if (facts === undefined)
            return [];
        const all = profileOf(batchSize, facts);
        const settable = all.filter((at) => powerLimitsWatts.includes(at.powerLimitWatts));
        const swept = facts.swept && settable.length > 0;
        return [{ index, swept, profile: settable.length > 0 ? settable : all }];
    });
}
/** The whole profile of this size, or what runs too short for one measured of it, at limits that can be set. */
function profiledOf(memory, { model, powerLimitsWatts }, batchSize) {
    const facts = (0, memory_1.gpuOf)(memory, model).sizes[batchSize];
    if (facts === undefined)
        return [];
    const isAsGood = (watts) => facts.swept || (facts.windows ?? []).includes(watts);
    return profileOf(batchSize, facts).filter(({ powerLimitWatts: watts }) => powerLimitsWatts.includes(watts) && isAsGood(watts));
}
function profileOf(batchSize, { limits }) {
    return Object.entries(limits).map(([limit, [secondsPerEpoch, averageWatts]]) => ({
        batchSize,
        powerLimitWatts: Number(limit),
        secondsPerEpoch,
        averageWatts,
        source: 'profile',
    }));
}
/** The model with the most measured sizes, if more than here. Its highest measured limit stands for its MAXPOWER. */
function bestMeasuredElsewhere(memory, { model, count }, grid, here) {
    let best = null;
    for (const other of Object.keys(memory.gpus).sort()) {
        if (other === model)
            continue;
        const gpus = { model: other, count, powerLimitsWatts: limitsMeasuredOn(memory, other) };
        const sizes = measuredOn(memory, gpus, grid);
        if (sizes.length > Math.max(here.sizes.length, best?.sizes.length ?? 0))
            best = { sizes, maxPowerWatts: (0, cost_1.maxPowerWatts)(gpus) };
    }
    return best;
}
function limitsMeasuredOn(memory, model) {
    return Object.values((0, memory_1.gpuOf)(memory, model).sizes).flatMap(({ limits }) => Object.keys(limits).map(Number));
}
//# sourceMappingURL=measurements.js.map