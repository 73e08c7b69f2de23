"use strict";
/** The numbers of the policy `wattbandit`: what each means and where it comes from. */
Object.defineProperty(exports, "__esModule", { value: true });
exports.trustRegions = exports.defaults = void 0;
exports.parametersFor = parametersFor;
exports.defaults = {
    epochsSlope: 0.1,
    epochsSlopeSd: 0.05,
    epochsSmoothSd: 0.6,
    epochsSmoothLength: 3,
    epochsOwnSd: 0.07,
    epochsLevelVariance: 9,
    runSd: 0.12,
    runSdWeight: 4,
    countSd: 0.7,
    rememberedRuns: 50,
    wasteWeight: 4,
    epochCostSlope: -0.25,
    epochCostSlopeSd: 0.2,
    epochCostSmoothSd: 0.3,
    epochCostSmoothLength: 3,
    epochCostLevelVariance: 4,
    epochCostOwnVariance: 1e-6,
    profileSd: 1e-4,
    probeSd: 0.05,
    maxEpochCostSd: 0.3,
    otherModelSd: 0.3,
    warmStartBelow: 3,
    timedSd: 0.15,
    timedLevelVariance: 0.25,
    stoppedBonus: 0.5,
    stoppedSd: 0.4,
    stoppedZ: 2,
    maxFailures: 2,
    cliffsPerDoubling: 0.15,
    horizon: 8,
    horizonGrowth: 1,
    beta: 1.75,
    betaProven: 3,
    maxUnproven: 1,
    trustDoublings: 2,
    driftSlack: 0.75,
    driftAlarm: 4,
    driftClip: 3,
    driftSmoothSd: 0.5,
    driftLevelVariance: 1,
    deadlineZ: 1.6448536269514722,
    probedRuns: 3,
    probeShareOfRun: 0.03,
    probeCostRatio: 3,
    guessedEpochs: 10,
};
/**
 * How far from a proven batch size others are tried, in doublings. One is safer on unknown jobs (worst case 8 times Zeus's regret
 * rather than 100 without bounds), none is best where neither side has a cliff.
 */
exports.trustRegions = { cautious: 1, standard: 2, aggressive: Infinity };
function parametersFor({ trustRegion = 'standard', parameters }) {
    return { ...exports.defaults, trustDoublings: exports.trustRegions[trustRegion], ...parameters };
}
//# sourceMappingURL=parameters.js.map