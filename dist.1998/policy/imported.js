"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.weightOf = weightOf;
exports.isUnknown = isUnknown;
exports.measurementsOf = measurementsOf;
exports.recordTimed = recordTimed;
const memory_1 = require("./memory");
function weightOf({ imported }) {
    return imported?.weight ?? 1;
}
function isUnknown({ imported }, field) {
    return imported?.unknown?.includes(field) === true;
}
/** What of its measurements is to be recorded: what was measured here is never replaced by what is told from elsewhere. */
function measurementsOf(memory, observation) {
    const { measurements, gpuModel, imported } = observation;
    if (imported === undefined)
        return measurements;
    const { sizes } = (0, memory_1.gpuOf)(memory, gpuModel);
    return measurements.filter((at) => sizes[at.batchSize]?.limits[at.powerLimitWatts] === undefined);
}
/** A run that converged after nobody knows how many epochs: its time says how batch sizes compare on that GPU model. */
function recordTimed(memory, { gpuModel, batchSize, seconds, ...run }) {
    if (!(seconds > 0))
        return memory;
    const weight = weightOf(run);
    const { n, logs } = (0, memory_1.timedOf)(memory, gpuModel, batchSize);
    const ofModel = {
        ...memory.timed?.[gpuModel],
        [batchSize]: { n: n + weight, logs: logs + weight * Math.log(seconds) },
    };
    return { ...memory, timed: { ...memory.timed, [gpuModel]: ofModel } };
}
//# sourceMappingURL=imported.js.map