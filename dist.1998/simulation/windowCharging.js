"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.windowCharging = void 0;
/**
 * Charging as wattbandit measures: short windows from the highest limit down while the run trains, then throw-away probes
 * of other sizes at the running limit. Both count towards the ceiling, and a run that ends sooner measures no further.
 */
const cost_1 = require("../policy/cost");
const probes_1 = require("../policy/probes");
const charging_1 = require("./charging");
const statistics_1 = require("./statistics");
/** A limit is profiled for so many steps, or for so long where steps cannot be counted. */
const windowSteps = 50;
const windowSeconds = 5;
/** A probe takes so many steps, and at least so long. */
const probeSteps = 12;
const shortestProbeSeconds = 1;
const windowCharging = (world, decision, targetEpochs) => {
    const { maxEpochs } = world.job;
    const cost = (at) => (0, charging_1.epochCost)(world, decision, at);
    const windows = decision.powerLimitWatts === null ? windowsOf(world, decision.batchSize) : [];
    const planned = within(windows, Math.min(targetEpochs ?? maxEpochs, maxEpochs));
    const running = (0, charging_1.settle)(world, decision, measuredIn(planned));
    const probes = probe(world, decision, running);
    // Under a pace the running limit need not be the cheapest; a cheaper window does not pay for a dearer one.
    const profilingJoules = (0, statistics_1.total)(planned, ({ at, epochs: share }) => share * Math.max(0, cost(at) - cost(running)));
    const probingJoules = (0, statistics_1.total)(probes, ({ found, seconds }) => (seconds / found.secondsPerEpoch) * cost(found));
    const { epochs, reached } = (0, charging_1.stop)(world, decision, running, targetEpochs, profilingJoules + probingJoules);
    const taken = epochs > 0 ? within(planned, epochs) : affordable(planned, decision.costCeilingJoules ?? 0, cost);
    const probed = epochs > 0 ? probes : [];
    const rest = Math.max(0, epochs - (0, statistics_1.total)(taken, (window) => window.epochs)) * running.secondsPerEpoch;
    return {
        powerLimitWatts: running.powerLimitWatts,
        epochs,
        reached,
        seconds: rest + (0, statistics_1.total)(taken, secondsOf) + (0, statistics_1.total)(probed, (at) => at.seconds),
        joules: rest * running.averageWatts +
            (0, statistics_1.total)(taken, (window) => secondsOf(window) * window.at.averageWatts) +
            (0, statistics_1.total)(probed, (at) => at.seconds * at.found.averageWatts),
        measurements: [...measuredIn(taken), ...probed.map((at) => at.found)],
    };
};
exports.windowCharging = windowCharging;
function secondsOf({ at, epochs }) {
    return epochs * at.secondsPerEpoch;
}
function windowsOf(world, batchSize) {
    return (0, charging_1.fullProfile)(world, batchSize).map((at) => {
        const steps = stepsPerEpoch(world, batchSize);
        const epochs = steps === null ? windowSeconds / at.secondsPerEpoch : windowSteps / steps;
        return { at, epochs, cutShort: false };
    });
}
function stepsPerEpoch({ samplesPerEpoch }, batchSize) {
    return samplesPerEpoch === null ? null : Math.max(1, Math.ceil(samplesPerEpoch / batchSize));
}
function within(windows, epochs) {
    const taken = [];
    let left = epochs;
    for (const window of windows) {
        if (left <= 0)
            break;
        taken.push(window.epochs <= left ? window : { ...window, epochs: left, cutShort: true });
        left -= window.epochs;
    }
    return taken;
}
/** A run that is too dear for one epoch is only found out by its windows; it ends with the last that fits. */
function affordable(windows, ceiling, cost) {
    let left = ceiling;
    return windows.filter((window) => {
        left -= window.epochs * cost(window.at);
        return left >= 0;
    });
}
function measuredIn(windows) {
    return windows.flatMap(({ at, cutShort }) => (cutShort ? [] : [at]));
}
function probe(world, decision, running) {
    const { objective, probes: plan } = decision;
    const taken = [];
    const progress = { running, eta: objective.eta, maxPowerWatts: (0, cost_1.maxPowerWatts)(world.gpus) };
    for (;;) {
        const probed = taken.map(({ seconds, found }) => ({
            batchSize: found.batchSize,
            seconds,
            measurement: found,
        }));
        const batchSize = plan === null ? null : (0, probes_1.nextProbe)(plan, { ...progress, probed });
        if (batchSize === null)
            return taken;
        const found = (0, charging_1.measurement)(world, batchSize, running.powerLimitWatts, 'probe');
        const steps = stepsPerEpoch(world, batchSize);
        const seconds = steps === null ? 0 : (probeSteps / steps) * found.secondsPerEpoch;
        taken.push({ seconds: Math.max(shortestProbeSeconds, seconds), found });
    }
}
//# sourceMappingURL=windowCharging.js.map