"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.doubt = doubt;
exports.doubtImported = doubtImported;
/** A gigawatt for a fortnight; sums of amounts stay finite. */
const largestAmount = 1e15;
const isAmount = (value) => typeof value === 'number' && value >= 0 && value <= largestAmount;
/** Whatever JSON there is, in a few characters. */
function shown(value) {
    if (value === undefined)
        return 'missing';
    return typeof value === 'number' ? String(value) : JSON.stringify(value).slice(0, 40);
}
const doubts = ['drift', 'aliasing', 'disturbed'];
/** Why this observation must not teach anything, or undefined if it may. */
function doubt(observation, decision, job) {
    const { batchSize } = observation;
    if (batchSize !== decision.batchSize)
        return `batchSize is ${shown(batchSize)}, but ${decision.batchSize} was decided`;
    return doubtFacts(observation, job);
}
/** The same for an observation that no decision of this job asked for. */
function doubtImported(observation, job) {
    const { batchSize } = observation;
    if (!job.batchSizes.includes(batchSize))
        return `batch size ${shown(batchSize)} is not one of the job's: ${job.batchSizes.join(', ')}`;
    return doubtFacts(observation, job);
}
function doubtFacts(observation, { batchSizes, maxEpochs }) {
    const { epochs, joules, seconds, powerLimitWatts, outcome } = observation;
    const uncounted = observation.imported?.unknown?.includes('epochs') === true;
    for (const [name, value] of Object.entries({ joules, seconds, epochs, powerLimitWatts })) {
        if (!isAmount(value))
            return `${name} is ${shown(value)}, must be a number from 0 to ${largestAmount}`;
    }
    if (epochs > maxEpochs)
        return `epochs is ${epochs}, but the job ends after ${maxEpochs}`;
    if (outcome === 'converged' && ((epochs < 1 && !uncounted) || seconds === 0 || joules === 0)) {
        return `a converged run needs epochs, seconds and joules above 0; got ${epochs}, ${seconds}, ${joules}`;
    }
    const measured = observation.measurements.map((at) => at.batchSize);
    const foreign = [...measured, ...(observation.outOfMemoryBatchSizes ?? [])].find((size) => !batchSizes.includes(size));
    if (foreign !== undefined)
        return `batch size ${shown(foreign)} was measured, but the job has ${batchSizes.join(', ')}`;
    return observation.measurements.map(doubtMeasurement).find((why) => why !== undefined);
}
function doubtMeasurement(at) {
    const { powerLimitWatts, secondsPerEpoch, averageWatts, doubt: flag } = at;
    if (flag !== undefined && !doubts.includes(flag))
        return `doubt of a measurement is ${shown(flag)}, must be one of ${doubts.join(', ')}`;
    for (const [name, value] of Object.entries({ powerLimitWatts, secondsPerEpoch, averageWatts })) {
        if (!isAmount(value) || value === 0)
            return `${name} of a measurement is ${shown(value)}, must be a finite number above 0`;
    }
    return undefined;
}
//# sourceMappingURL=plausible.js.map