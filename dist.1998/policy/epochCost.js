"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.believeEpochCosts = believeEpochCosts;
exports.believeFullSpeed = believeFullSpeed;
/** What is believed of an epoch at each batch size on one GPU model: its cost under an objective, and its speed. */
const cost_1 = require("./cost");
const gaussianProcess_1 = require("./gaussianProcess");
const powerLimit_1 = require("./powerLimit");
/** `paces` says how slow the chosen limit may be, by index of the grid. */
function believeEpochCosts(measurements, eta, paces, parameters) {
    const { grid, here } = measurements;
    const chosen = grid.sizes.map(() => null);
    for (const { index, profile } of here.sizes)
        chosen[index] = (0, powerLimit_1.choosePowerLimit)(eta, here.maxPowerWatts, (0, gaussianProcess_1.at)(paces, index))(profile);
    const best = ({ index, profile }, gpu) => (gpu === here && chosen[index]) ||
        (0, powerLimit_1.choosePowerLimit)(eta, gpu.maxPowerWatts, paceElsewhere((0, gaussianProcess_1.at)(paces, index)))(profile);
    const costOf = (of, gpu) => (0, cost_1.epochCostJoules)(best(of, gpu), eta, gpu.maxPowerWatts);
    return { cost: curve(measurements, costOf, parameters), chosen };
}
/** Seconds on one GPU model bound nothing on another. */
function paceElsewhere(pace) {
    return pace.kind === 'atMost' ? { kind: 'free' } : pace;
}
/** ln seconds per epoch at maximum power; the mean is exact where it was measured. */
function believeFullSpeed(measurements, parameters) {
    const { mean, covariance } = curve(measurements, secondsAtFullPower, parameters);
    const exact = [...mean];
    for (const of of measurements.here.sizes)
        exact[of.index] = Math.log(secondsAtFullPower(of));
    return { mean: exact, covariance };
}
function secondsAtFullPower({ profile }) {
    return profile.reduce((best, of) => (of.powerLimitWatts > best.powerLimitWatts ? of : best)).secondsPerEpoch;
}
/** ln of the value over all batch sizes, with the other GPU model's curve as a guess where there is one. */
function curve({ grid, here, elsewhere }, value, parameters) {
    const slope = slopePrior(grid.doublings, parameters);
    if (elsewhere === null)
        return curveThrough(here, slope, value, parameters);
    const guess = shapePrior(curveThrough(elsewhere, slope, value, parameters), grid.doublings, parameters);
    return curveThrough(here, guess, value, parameters);
}
/** The level is that of the measured sizes; only the shape comes from the prior. */
function curveThrough(gpu, prior, value, { profileSd, probeSd }) {
    if (gpu.sizes.length === 0)
        return prior;
    const data = gpu.sizes.map((of) => {
        const sd = of.swept ? profileSd : probeSd;
        return { index: of.index, value: Math.log(value(of, gpu)), variance: sd * sd };
    });
    let level = 0;
    for (const datum of data)
        level += (datum.value - (0, gaussianProcess_1.at)(prior.mean, datum.index)) / data.length;
    return (0, gaussianProcess_1.condition)({ mean: prior.mean.map((shape) => shape + level), covariance: prior.covariance }, data);
}
function slopePrior(doublings, parameters) {
    const kernel = {
        levelVariance: parameters.epochCostLevelVariance,
        slopeSd: parameters.epochCostSlopeSd,
        smoothSd: parameters.epochCostSmoothSd,
        smoothLength: parameters.epochCostSmoothLength,
        ownVariance: parameters.epochCostOwnVariance,
    };
    return { mean: doublings.map((x) => parameters.epochCostSlope * x), covariance: (0, gaussianProcess_1.covarianceOf)(kernel, doublings) };
}
/** The curve of the other GPU model, at an unknown level and give or take a smooth difference. */
function shapePrior(theirs, doublings, parameters) {
    const difference = {
        levelVariance: parameters.epochCostLevelVariance,
        slopeSd: 0,
        smoothSd: parameters.otherModelSd,
        smoothLength: parameters.epochCostSmoothLength,
        ownVariance: parameters.epochCostOwnVariance,
    };
    const covariance = (0, gaussianProcess_1.covarianceOf)(difference, doublings).map((row, i) => row.map((value, j) => value + (0, gaussianProcess_1.at)((0, gaussianProcess_1.at)(theirs.covariance, i), j)));
    return { mean: theirs.mean, covariance };
}
//# sourceMappingURL=epochCost.js.map