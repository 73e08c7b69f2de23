"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.zeusCharging = void 0;
/**
 * Charging as in Zeus's simulator: in the first run of a size its first epoch costs the mean over all limits, which its
 * ceiling does not foresee; and all limits are known before the run begins, even if it then cannot begin.
 */
const charging_1 = require("./charging");
const statistics_1 = require("./statistics");
const zeusCharging = (world, decision, targetEpochs) => {
    const profile = decision.powerLimitWatts === null ? (0, charging_1.fullProfile)(world, decision.batchSize) : [];
    const running = (0, charging_1.settle)(world, decision, profile);
    const { epochs, reached } = (0, charging_1.stop)(world, decision, running, targetEpochs, 0);
    const first = profile.length === 0 ? [running] : profile;
    const rest = (epochs - 1) * running.secondsPerEpoch;
    const firstSeconds = (0, statistics_1.total)(first, (at) => at.secondsPerEpoch) / first.length;
    const firstJoules = (0, statistics_1.total)(first, (at) => at.secondsPerEpoch * at.averageWatts) / first.length;
    return {
        powerLimitWatts: running.powerLimitWatts,
        epochs,
        reached,
        seconds: epochs === 0 ? 0 : firstSeconds + rest,
        joules: epochs === 0 ? 0 : firstJoules + rest * running.averageWatts,
        measurements: profile,
    };
};
exports.zeusCharging = zeusCharging;
//# sourceMappingURL=zeusCharging.js.map