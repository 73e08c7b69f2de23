"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.speedAt = speedAt;
exports.drawFrom = drawFrom;
exports.withOutcomes = withOutcomes;
/** Linear between the two neighbours; `recorded` ascends by limit and is not empty. */
function speedAt(recorded, watts) {
    const above = recorded.find((at) => at.powerLimitWatts >= watts);
    const below = recorded.findLast((at) => at.powerLimitWatts <= watts);
    const nearest = above ?? below;
    if (nearest === undefined)
        throw new Error(`Cannot measure at ${watts} W: nothing is recorded.`);
    if (above === undefined || below === undefined || above === below)
        return nearest;
    const share = (watts - below.powerLimitWatts) / (above.powerLimitWatts - below.powerLimitWatts);
    return {
        secondsPerEpoch: below.secondsPerEpoch + share * (above.secondsPerEpoch - below.secondsPerEpoch),
        averageWatts: below.averageWatts + share * (above.averageWatts - below.averageWatts),
    };
}
/** One of equally likely outcomes. */
function drawFrom(outcomes, random) {
    return outcomes[Math.floor(random.uniform() * outcomes.length)] ?? null;
}
/** The same world with other outcomes. */
function withOutcomes(world, change) {
    const changed = new Map(world.job.batchSizes.map((size) => [size, change(world.outcomesOf(size), size)]));
    const outcomesOf = (batchSize) => changed.get(batchSize) ?? world.outcomesOf(batchSize);
    return { ...world, outcomesOf, drawEpochs: (batchSize, random) => drawFrom(outcomesOf(batchSize), random) };
}
//# sourceMappingURL=world.js.map