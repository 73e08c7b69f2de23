"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.gridFor = gridFor;
exports.believeEpochs = believeEpochs;
const gaussianProcess_1 = require("./gaussianProcess");
const memory_1 = require("./memory");
/** The job's sizes, and one that was chosen although it is not among them. */
function gridFor(job, alsoBatchSize) {
    const known = alsoBatchSize === undefined || job.batchSizes.includes(alsoBatchSize);
    const sizes = known ? job.batchSizes : [...job.batchSizes, alsoBatchSize].sort((a, b) => a - b);
    return { sizes, doublings: sizes.map((size) => Math.log(size / job.defaultBatchSize) / Math.LN2) };
}
/** Runs in flight count as seen for how sure we are, not for what we believe. `shape`: ln epochs, all off by one amount. */
function believeEpochs(memory, grid, parameters, inFlight = [], shape = []) {
    const runVariance = varianceBetweenRuns(memory, grid, parameters);
    const prior = (0, gaussianProcess_1.conditionShape)(priorOf(memory, grid, parameters), shape, parameters.timedLevelVariance);
    const seen = (0, gaussianProcess_1.condition)(prior, convergedData(memory, grid, runVariance, parameters));
    const belief = (0, gaussianProcess_1.condition)(seen, stoppedData(memory, grid, runVariance, seen, parameters));
    const open = inFlight.map((size) => grid.sizes.indexOf(size)).filter((index) => index >= 0);
    return { ...(0, gaussianProcess_1.anticipate)(belief, open, runVariance), runVariance };
}
/** Pooled over sizes, with a prior worth a few runs. */
function varianceBetweenRuns(memory, grid, { runSd, runSdWeight }) {
    let squares = runSdWeight * runSd * runSd;
    let freedom = runSdWeight;
    for (const size of grid.sizes) {
        const sums = (0, memory_1.convergedOf)(memory, size);
        if (sums.n <= 1)
            continue;
        squares += Math.max(0, sums.squares - (sums.logs * sums.logs) / sums.n);
        freedom += sums.n - 1;
    }
    return squares / freedom;
}
/** A gentle slope; after a drift alarm, the curve as it was believed then. */
function priorOf({ drift: { shape } }, grid, parameters) {
    const kernel = {
        levelVariance: shape ? parameters.driftLevelVariance : parameters.epochsLevelVariance,
        slopeSd: parameters.epochsSlopeSd,
        smoothSd: shape ? parameters.driftSmoothSd : parameters.epochsSmoothSd,
        smoothLength: parameters.epochsSmoothLength,
        ownVariance: parameters.epochsOwnSd * parameters.epochsOwnSd,
    };
    const slope = grid.doublings.map((x) => parameters.epochsSlope * x);
    return { mean: shape ? along(shape, slope, grid) : slope, covariance: (0, gaussianProcess_1.covarianceOf)(kernel, grid.doublings) };
}
/** The shape where it is known; a size that was not yet there continues it from the nearest one at the usual slope. */
function along(shape, slope, { sizes, doublings }) {
    const levels = sizes.flatMap((size, index) => {
        const value = shape[size];
        return value === undefined ? [] : [{ x: (0, gaussianProcess_1.at)(doublings, index), level: value - (0, gaussianProcess_1.at)(slope, index) }];
    });
    return doublings.map((x, index) => {
        const [nearest] = levels.toSorted((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x));
        return (nearest?.level ?? 0) + (0, gaussianProcess_1.at)(slope, index);
    });
}
function convergedData(memory, grid, runVariance, { countSd }) {
    return grid.sizes.flatMap((size, index) => {
        const { n, epochs } = (0, memory_1.convergedOf)(memory, size);
        if (n === 0)
            return [];
        const mean = epochs / n;
        const counting = countSd / mean;
        return [{ index, value: Math.log(mean), variance: (runVariance + counting * counting) / n }];
    });
}
/** A run stopped earlier than it was predicted to converge says nothing. */
function stoppedData(memory, grid, runVariance, seen, { stoppedBonus, stoppedSd }) {
    return grid.sizes.flatMap((size, index) => {
        const { failures, stopped } = (0, memory_1.failedOf)(memory, size);
        if (failures === 0 || (0, memory_1.convergedOf)(memory, size).n > 0)
            return [];
        const value = Math.log(stopped + 1) + stoppedBonus;
        const variance = (runVariance + stoppedSd * stoppedSd) / Math.min(1, failures);
        return value > (0, gaussianProcess_1.at)(seen.mean, index) ? [{ index, value, variance }] : [];
    });
}
//# sourceMappingURL=epochs.js.map