"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.fullProfile = fullProfile;
exports.measurement = measurement;
exports.settle = settle;
exports.stop = stop;
exports.epochCost = epochCost;
/** What a run costs in a world, profiling and probing included. Which way is a property of the environment. */
const cost_1 = require("../policy/cost");
const powerLimit_1 = require("../policy/powerLimit");
/** Every limit of a size, from the highest down. */
function fullProfile(world, batchSize) {
    return world
        .powerLimitsFor(batchSize)
        .toReversed()
        .map((limit) => measurement(world, batchSize, limit, 'profile'));
}
function measurement(world, batchSize, powerLimitWatts, source) {
    const { averageWatts, secondsPerEpoch } = world.measure(batchSize, powerLimitWatts);
    return { batchSize, powerLimitWatts, secondsPerEpoch, averageWatts, source };
}
/** The decision's limit, or the best of the profile, or the highest where there is no profile either. */
function settle(world, decision, profile) {
    const { batchSize, objective, pace, powerLimitWatts } = decision;
    if (powerLimitWatts !== null)
        return measurement(world, batchSize, powerLimitWatts, 'run');
    if (profile.length > 0)
        return (0, powerLimit_1.choosePowerLimit)(objective.eta, (0, cost_1.maxPowerWatts)(world.gpus), pace)(profile);
    return measurement(world, batchSize, Math.max(...world.gpus.powerLimitsWatts), 'run');
}
/** Early stopping is predictive: before the first epoch that would exceed the ceiling, once the overhead is paid. */
function stop(world, decision, running, targetEpochs, overheadJoules) {
    const ceiling = decision.costCeilingJoules ?? Infinity;
    const affordable = Math.floor((ceiling - overheadJoules) / epochCost(world, decision, running));
    const budget = Math.max(0, Math.min(affordable, world.job.maxEpochs));
    const reached = targetEpochs !== null && targetEpochs <= budget;
    return { epochs: reached ? targetEpochs : budget, reached };
}
function epochCost(world, decision, at) {
    return (0, cost_1.epochCostJoules)(at, decision.objective.eta, (0, cost_1.maxPowerWatts)(world.gpus));
}
//# sourceMappingURL=charging.js.map