"use strict";
/** Gaussian beliefs over a short list of batch sizes, and how a datum changes them. */
Object.defineProperty(exports, "__esModule", { value: true });
exports.at = at;
exports.varianceAt = varianceAt;
exports.covarianceOf = covarianceOf;
exports.condition = condition;
exports.conditionShape = conditionShape;
exports.anticipate = anticipate;
/** The element at an index that is known to exist. */
function at(list, index) {
    const element = list[index];
    if (element === undefined)
        throw new RangeError(`Cannot read element ${index} of ${list.length}.`);
    return element;
}
function varianceAt({ covariance }, index) {
    return at(at(covariance, index), index);
}
function covarianceOf(kernel, places) {
    return places.map((x, i) => places.map((other, j) => {
        const distance = (x - other) / kernel.smoothLength;
        const smooth = kernel.smoothSd * kernel.smoothSd * Math.exp(-0.5 * distance * distance);
        const line = kernel.slopeSd * kernel.slopeSd * x * other;
        return kernel.levelVariance + line + smooth + (i === j ? kernel.ownVariance : 0);
    }));
}
/** The posterior: each datum is folded in as by a Kalman filter, which needs no factorisation at this size. */
function condition(prior, data) {
    const mean = [...prior.mean];
    const covariance = prior.covariance.map((row) => [...row]);
    for (const datum of data)
        fold(mean, covariance, datum);
    return { mean, covariance };
}
/** Data of a curve that runs beside this one, at an unknown distance of this variance: only their shape counts. */
function conditionShape(prior, data, distanceVariance) {
    if (data.length === 0)
        return prior;
    const { mean, covariance } = condition(prior, data);
    return { mean, covariance: covariance.map((row) => row.map((value) => value + distanceVariance)) };
}
/** What the belief would be about its own uncertainty if these places were seen once more; the mean stays. */
function anticipate(belief, indices, variance) {
    if (indices.length === 0)
        return belief;
    const covariance = belief.covariance.map((row) => [...row]);
    for (const index of indices)
        fold([], covariance, { index, value: 0, variance });
    return { mean: belief.mean, covariance };
}
/** In place. The datum's own row is scaled instead of reduced: a difference would cancel when the datum is exact. */
function fold(mean, covariance, { index, value, variance }) {
    const column = [...at(covariance, index)];
    const total = at(column, index) + variance;
    const surprise = mean.length === 0 ? 0 : (value - at(mean, index)) / total;
    for (let i = 0; i < mean.length; i++)
        mean[i] = at(mean, i) + at(column, i) * surprise;
    const kept = variance / total;
    for (let i = 0; i < column.length; i++) {
        const row = at(covariance, i);
        if (i === index) {
            for (let j = 0; j < column.length; j++)
                row[j] = at(column, j) * kept;
        }
        else {
            const share = at(column, i) / total;
            for (let j = 0; j < column.length; j++)
                row[j] = at(row, j) - share * at(column, j);
            row[index] = at(column, i) * kept;
        }
    }
}
//# sourceMappingURL=gaussianProcess.js.map