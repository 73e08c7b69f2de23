"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.pacesOfFirstRun = pacesOfFirstRun;
exports.pacesFor = pacesFor;
const gaussianProcess_1 = require("./gaussianProcess");
const free = { kind: 'free' };
/** Before any run converged, epochs are unknown: then only the speed of an epoch can be bounded. */
function pacesOfFirstRun({ maxSlowdown, deadlineSeconds }, { grid }) {
    const slow = maxSlowdown === undefined ? free : { kind: 'ofMaximumPower', factor: maxSlowdown };
    const pace = deadlineSeconds === undefined ? slow : { kind: 'fastest' };
    return { paces: grid.sizes.map(() => pace), slowdownSeconds: null };
}
/** The stricter of both bounds; where no limit keeps it, a run goes as fast as it can, so the deadline wins. */
function pacesFor(basis) {
    const { deadlineSeconds } = basis.objective;
    const slowdown = slowdownPaces(basis);
    if (deadlineSeconds === undefined)
        return slowdown;
    const paces = slowdown.paces.map((slow, index) => {
        const bound = deadlineSeconds / lateEpochs(index, basis);
        return { kind: 'atMost', secondsPerEpoch: Math.min(bound, secondsAllowed(slow, index, basis)) };
    });
    return { paces, slowdownSeconds: slowdown.slowdownSeconds };
}
/** Seconds per epoch that a slow-down pace allows; Infinity where they are not known. */
function secondsAllowed(pace, index, { measurements, fullSpeed }) {
    if (pace.kind === 'atMost')
        return pace.secondsPerEpoch;
    if (pace.kind !== 'ofMaximumPower' || !isMeasured(measurements, index))
        return Infinity;
    return pace.factor * Math.exp((0, gaussianProcess_1.at)(fullSpeed.mean, index));
}
function isMeasured({ here }, index) {
    return here.sizes.some((of) => of.index === index);
}
/** 95 % of the runs of this size should need fewer. */
function lateEpochs(index, { epochs, parameters: { deadlineZ } }) {
    const variance = (0, gaussianProcess_1.varianceAt)(epochs, index) + epochs.runVariance;
    return Math.exp((0, gaussianProcess_1.at)(epochs.mean, index) + deadlineZ * Math.sqrt(variance));
}
/** Counted from the default batch size at maximum power. Before that is measured here, only ratios of speed are known. */
function slowdownPaces({ job, objective: { maxSlowdown }, measurements, epochs, fullSpeed }) {
    const { sizes } = measurements.grid;
    if (maxSlowdown === undefined)
        return { paces: sizes.map(() => free), slowdownSeconds: null };
    const reference = sizes.indexOf(job.defaultBatchSize);
    const slowdownSeconds = maxSlowdown * Math.exp((0, gaussianProcess_1.at)(epochs.mean, reference) + (0, gaussianProcess_1.at)(fullSpeed.mean, reference));
    const paces = sizes.map((_, index) => {
        if (index === reference)
            return { kind: 'ofMaximumPower', factor: maxSlowdown };
        const secondsPerEpoch = slowdownSeconds / Math.exp((0, gaussianProcess_1.at)(epochs.mean, index));
        if (isMeasured(measurements, reference))
            return { kind: 'atMost', secondsPerEpoch };
        return { kind: 'ofMaximumPower', factor: secondsPerEpoch / Math.exp((0, gaussianProcess_1.at)(fullSpeed.mean, index)) };
    });
    return { paces, slowdownSeconds };
}
//# sourceMappingURL=paces.js.map