"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.believe = believe;
/** What is believed of every batch size under one objective: epochs × cost per epoch, how sure, and how long it takes. */
const epochCost_1 = require("./epochCost");
const epochs_1 = require("./epochs");
const gaussianProcess_1 = require("./gaussianProcess");
const measurements_1 = require("./measurements");
const memory_1 = require("./memory");
const paces_1 = require("./paces");
const parameters_1 = require("./parameters");
const timedRuns_1 = require("./timedRuns");
/** What is believed of every batch size of the job, and of one that is pinned; under any objective. */
function believe(memory, question, parameters = parameters_1.defaults) {
    const { job, gpus, objective, inFlight } = question;
    const grid = (0, epochs_1.gridFor)(job, question.pinnedBatchSize);
    const measurements = (0, measurements_1.measurementsFor)(memory, gpus, grid, parameters);
    const fullSpeed = (0, epochCost_1.believeFullSpeed)(measurements, parameters);
    const shape = (0, timedRuns_1.timedData)(memory, grid, { model: gpus.model, fullSpeed }, parameters);
    const epochs = (0, epochs_1.believeEpochs)(memory, grid, parameters, inFlight, shape);
    const epochsKnown = grid.sizes.some((size) => (0, memory_1.convergedOf)(memory, size).n > 0);
    const { paces, slowdownSeconds } = epochsKnown
        ? (0, paces_1.pacesFor)({ job, objective, measurements, epochs, fullSpeed, parameters })
        : (0, paces_1.pacesOfFirstRun)(objective, measurements);
    const perEpoch = (0, epochCost_1.believeEpochCosts)(measurements, objective.eta, paces, parameters);
    const swept = new Set(measurements.here.sizes.filter((of) => of.swept).map((of) => of.index));
    const basis = { memory, question, parameters, grid, epochs, fullSpeed, paces, perEpoch, swept };
    return {
        sizes: grid.sizes.map((batchSize, index) => beliefOf(batchSize, index, basis)),
        covariance: ({ index: i }, { index: j }) => (0, gaussianProcess_1.at)((0, gaussianProcess_1.at)(epochs.covariance, i), j) + (0, gaussianProcess_1.at)((0, gaussianProcess_1.at)(perEpoch.cost.covariance, i), j),
        runVariance: epochs.runVariance,
        epochsKnown,
        joulesKnown: measurements.here.sizes.length > 0,
        slowdownSeconds,
    };
}
function beliefOf(batchSize, index, basis) {
    const limit = basis.perEpoch.chosen[index] ?? null;
    const costs = costsOf(batchSize, index, basis);
    const soonest = soonestOf(index, basis);
    return {
        index,
        batchSize,
        doublings: (0, gaussianProcess_1.at)(basis.grid.doublings, index),
        ...standingOf(batchSize, basis),
        powerLimitWatts: limit?.powerLimitWatts ?? null,
        swept: basis.swept.has(index),
        pace: (0, gaussianProcess_1.at)(basis.paces, index),
        ...costs,
        seconds: limit ? costs.epochs * limit.secondsPerEpoch : soonest.soonestSeconds,
        ...soonest,
    };
}
/** What is known of a size apart from what it costs. */
function standingOf(batchSize, { memory, question: { job, gpus }, parameters }) {
    const proven = (0, memory_1.convergedOf)(memory, batchSize).n > 0;
    const converges = (0, memory_1.hasConverged)(memory, batchSize);
    const unfailing = converges || (0, memory_1.failedOf)(memory, batchSize).failures < 1;
    const fits = (0, memory_1.canHold)((0, memory_1.gpuOf)(memory, gpus.model), batchSize);
    const ruledOut = fits ? failing(memory, batchSize, parameters) : `ruled out: out of memory on ${gpus.model}`;
    const trusted = proven || (batchSize === job.defaultBatchSize && unfailing);
    return { proven, converges, trusted, fits, ruledOut };
}
function failing(memory, batchSize, { maxFailures }) {
    const { failures, exhausted } = (0, memory_1.failedOf)(memory, batchSize);
    if (exhausted)
        return 'ruled out: did not reach the target within the job epoch limit';
    if (failures < maxFailures || (0, memory_1.hasConverged)(memory, batchSize))
        return null;
    return `ruled out: failed ${Number(failures.toFixed(1))} times without ever converging`;
}
function costsOf(batchSize, index, { memory, parameters, epochs, perEpoch }) {
    const { n, epochs: paid } = (0, memory_1.convergedOf)(memory, batchSize);
    const { failures, stopped, wasted } = (0, memory_1.failedOf)(memory, batchSize);
    const waste = n > 0 ? Math.log(1 + wasted / (paid * (1 + parameters.wasteWeight / n))) : 0;
    const logEpochCost = (0, gaussianProcess_1.at)(perEpoch.cost.mean, index);
    const epochCostVariance = (0, gaussianProcess_1.varianceAt)(perEpoch.cost, index);
    const logCost = (0, gaussianProcess_1.at)(epochs.mean, index) + logEpochCost + waste;
    const variance = (0, gaussianProcess_1.varianceAt)(epochs, index) + epochCostVariance;
    const logStopped = Math.log(stopped + 1) - parameters.stoppedZ * Math.sqrt(epochs.runVariance);
    return {
        epochs: Math.exp((0, gaussianProcess_1.at)(epochs.mean, index)),
        epochCostSd: Math.sqrt(epochCostVariance),
        logCost,
        variance,
        costJoules: Math.exp(logCost + 0.5 * variance),
        logCostAtLeast: failures >= 1 && n === 0 ? logStopped + logEpochCost : null,
    };
}
function soonestOf(index, { epochs, fullSpeed, swept, parameters: { deadlineZ } }) {
    const log = (0, gaussianProcess_1.at)(epochs.mean, index) + (0, gaussianProcess_1.at)(fullSpeed.mean, index);
    const speedVariance = swept.has(index) ? 0 : (0, gaussianProcess_1.varianceAt)(fullSpeed, index);
    const variance = (0, gaussianProcess_1.varianceAt)(epochs, index) + epochs.runVariance + speedVariance;
    return { soonestSeconds: Math.exp(log), soonestLateSeconds: Math.exp(log + deadlineZ * Math.sqrt(variance)) };
}
//# sourceMappingURL=beliefs.js.map