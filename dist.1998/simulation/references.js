"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.fixedChoice = fixedChoice;
exports.oracle = oracle;
exports.untouchedDefault = untouchedDefault;
exports.expectedEpochs = expectedEpochs;
/** What a policy's bill is held against: the best fixed choice, and the untouched default. */
const cost_1 = require("../policy/cost");
function fixedChoice(world, batchSize, powerLimitWatts, eta) {
    const { averageWatts, secondsPerEpoch } = world.measure(batchSize, powerLimitWatts);
    const costWatts = eta * averageWatts + (1 - eta) * (0, cost_1.maxPowerWatts)(world.gpus);
    // Summed up before it is multiplied: at η 0 or 1 a size that never converges would cost 0·∞.
    const seconds = expectedEpochs(world, batchSize) * secondsPerEpoch;
    return { batchSize, powerLimitWatts, costJoules: costWatts * seconds, joules: averageWatts * seconds, seconds };
}
const lastAnswers = new WeakMap();
/**
 * The choice of least expected cost: it explores nothing, profiles nothing and stops no run. A pinned size binds it too.
 * The latest answer for a world is kept, since most series ask only one question.
 */
function oracle(world, eta, pinned) {
    const last = lastAnswers.get(world);
    if (last?.eta === eta && last.pinned === pinned)
        return last.choice;
    const choices = world.job.batchSizes
        .filter((batchSize) => pinned === undefined || batchSize === pinned)
        .flatMap((size) => world.powerLimitsFor(size).map((limit) => fixedChoice(world, size, limit, eta)));
    const choice = choices.reduce((best, one) => (one.costJoules < best.costJoules ? one : best));
    lastAnswers.set(world, { eta, pinned, choice });
    return choice;
}
/** The default batch size at maximum power. */
function untouchedDefault(world, eta) {
    return fixedChoice(world, world.job.defaultBatchSize, Math.max(...world.gpus.powerLimitsWatts), eta);
}
const epochsBySize = new WeakMap();
/** Epochs paid until a run reaches the target: failed runs use up the epoch limit and are repeated. Infinity: never. */
function expectedEpochs(world, batchSize) {
    const ofWorld = epochsBySize.get(world) ?? new Map();
    epochsBySize.set(world, ofWorld);
    const expected = ofWorld.get(batchSize) ?? computeExpectedEpochs(world, batchSize);
    ofWorld.set(batchSize, expected);
    return expected;
}
function computeExpectedEpochs(world, batchSize) {
    const { maxEpochs } = world.job;
    const outcomes = world.outcomesOf(batchSize);
    const reached = outcomes.filter((epochs) => epochs !== null && epochs <= maxEpochs).length;
    const paid = outcomes.reduce((sum, epochs) => sum + Math.min(epochs ?? maxEpochs, maxEpochs), 0);
    return reached === 0 ? Infinity : paid / reached;
}
//# sourceMappingURL=references.js.map