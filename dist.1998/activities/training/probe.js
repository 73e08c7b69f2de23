"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.probeOthers = probeOthers;
/** Mid-run probing: times a few throw-away steps at other batch sizes, as the decision's plan asks for. */
const cost_1 = require("../../policy/cost");
const probes_1 = require("../../policy/probes");
/**
 * Probes until the plan has enough, in the order taken; nothing where there is no plan or the trainer cannot probe. A run that
 * ends meanwhile says so itself, by its next event.
 */
async function probeOthers(probing) {
    const { run, running, decision, gpus } = probing;
    const { probes: plan, objective } = decision;
    if (plan === null || run.probe === undefined)
        return [];
    const probed = [];
    for (;;) {
        const progress = { running, probed, eta: objective.eta, maxPowerWatts: (0, cost_1.maxPowerWatts)(gpus) };
        const batchSize = (0, probes_1.nextProbe)(plan, progress);
        const found = batchSize === null ? undefined : await probe(batchSize, probing);
        if (found === undefined)
            return probed;
        probed.push(found);
    }
}
/** Undefined once the run has ended. Energy is the meter's, from request to answer. */
async function probe(batchSize, { run, meter, running }) {
    meter.watch(true);
    try {
        const before = await meter.joulesAt(performance.now() / 1000);
        const answer = await run.probe?.(batchSize);
        if (answer === undefined || answer.kind === 'ended')
            return undefined;
        const { seconds, kind } = answer;
        if (kind !== 'timed')
            return { batchSize, seconds, measurement: null, outOfMemory: kind === 'outOfMemory' };
        const joules = (await meter.joulesAt(performance.now() / 1000)) - before;
        const { secondsPerEpoch } = answer;
        const at = { batchSize, powerLimitWatts: running.powerLimitWatts, source: 'probe' };
        const measurement = joules > 0 ? { ...at, secondsPerEpoch, averageWatts: joules / seconds } : null;
        return { batchSize, seconds, measurement, outOfMemory: false };
    }
    finally {
        meter.watch(false);
    }
}
//# sourceMappingURL=probe.js.map