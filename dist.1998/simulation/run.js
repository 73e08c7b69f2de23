"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.run = run;
exports.costOf = costOf;
/** One run of a decision in a world: what is observed of it, and what it costs. */
const cost_1 = require("../policy/cost");
function run(request, random) {
    const { charging, decision, lostAfter, world } = request;
    const whole = charging(world, decision, world.drawEpochs(decision.batchSize, random));
    const paid = lostAfter === null ? whole : upTo(whole, lostAfter);
    return {
        id: decision.id,
        slot: request.slot,
        attempt: request.attempt,
        gpuModel: world.gpus.model,
        batchSize: decision.batchSize,
        powerLimitWatts: paid.powerLimitWatts,
        outcome: lostAfter === null ? outcomeOf(paid, world) : 'infrastructure',
        epochs: paid.epochs,
        reachedEpochLimit: paid.epochs >= world.job.maxEpochs,
        seconds: paid.seconds,
        joules: paid.joules,
        measurements: paid.measurements,
    };
}
function costOf(observation, world, eta) {
    return (0, cost_1.zeusCostJoules)(observation.joules, observation.seconds, eta, (0, cost_1.maxPowerWatts)(world.gpus));
}
function outcomeOf({ epochs, reached }, { job }) {
    if (reached)
        return 'converged';
    return epochs >= job.maxEpochs ? 'diverged' : 'tooDear';
}
/** What was measured is measured: it happens early in a run. */
function upTo(paid, share) {
    return {
        ...paid,
        reached: false,
        epochs: Math.floor(paid.epochs * share),
        seconds: paid.seconds * share,
        joules: paid.joules * share,
    };
}
//# sourceMappingURL=run.js.map