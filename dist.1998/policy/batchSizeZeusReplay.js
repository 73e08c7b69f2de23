"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.believe = believe;
/**
 * Zeus's belief about batch sizes, replayed from the remembered trials under the η of the moment: two pruning rounds,
 * then Gaussian arms (Zeus, NSDI '23, algorithms 1–3). Like Zeus's server it keeps no state besides the trials.
 */
const cost_1 = require("./cost");
function believe(job, trials, pricing, rules) {
    // An operator may pin any size; what no other run may choose must not bound the others.
    const own = trials.filter(({ batchSize }) => job.batchSizes.includes(batchSize));
    const priced = price(own, pricing, rules);
    const stage = prune(job, priced.results, rules.pruningRounds);
    const batchSizes = stage.kind === 'arms' ? stage.batchSizes : [];
    return {
        stage,
        arms: batchSizes.map((batchSize) => armOf(batchSize, priced.results.get(batchSize) ?? [], rules.window)),
        minCostJoules: Number.isFinite(priced.minCostJoules) ? priced.minCostJoules : null,
        bestKnown: priced.bestKnown ?? job.defaultBatchSize,
    };
}
function price(trials, { eta, maxPowerWatts }, rules) {
    const results = new Map();
    const paidBySlot = new Map();
    let minCostJoules = Infinity;
    let leastRun = Infinity;
    let bestKnown;
    for (const trial of trials) {
        const cost = (0, cost_1.zeusCostJoules)(trial.joules, trial.seconds, eta, maxPowerWatts);
        const paid = (paidBySlot.get(trial.slot) ?? 0) + cost;
        paidBySlot.set(trial.slot, paid);
        // Zeus shuns a size that cannot run one epoch below the ceiling by this made-up cost.
        const costJoules = trial.epochs > 0 ? cost : 100 * (rules.beta ?? 1) * minCostJoules;
        const ofSize = results.get(trial.batchSize) ?? [];
        ofSize.push({ costJoules, reached: trial.reached });
        results.set(trial.batchSize, ofSize);
        if (!trial.reached)
            continue;
        minCostJoules = Math.min(minCostJoules, paid);
        if (cost < leastRun)
            bestKnown = trial.batchSize;
        leastRun = Math.min(leastRun, cost);
    }
    return { results, minCostJoules, bestKnown };
}
/**
 * Each round walks from the best size so far down, then up, and drops the rest of a direction at its first failure.
 * A size's n-th result answers its n-th visit. Zeus fails where nothing survives a round; here the round is repeated.
 */
function prune(job, results, rounds) {
    const visits = new Map();
    let sizes = job.batchSizes;
    let start = job.defaultBatchSize;
    for (let round = 1; round <= rounds;) {
        const walk = walkRound(sizes, start, (batchSize) => {
            const visit = visits.get(batchSize) ?? 0;
            visits.set(batchSize, visit + 1);
            return results.get(batchSize)?.[visit];
        });
        if (walk.awaited !== undefined)
            return { kind: 'pruning', round, awaited: walk.awaited };
        if (walk.survivors.length === 0)
            continue;
        sizes = walk.survivors.toSorted((a, b) => a - b);
        start = walk.best;
        round += 1;
    }
    return { kind: 'arms', batchSizes: sizes };
}
function walkRound(sizes, start, resultOf) {
    const survivors = [];
    let best = start;
    let leastCost = Infinity;
    const split = sizes.indexOf(start) + 1;
    for (const direction of [sizes.slice(0, split).toReversed(), sizes.slice(split)]) {
        for (const batchSize of direction) {
            const result = resultOf(batchSize);
            if (result === undefined)
                return { awaited: batchSize, survivors, best };
            if (!result.reached)
                break;
            survivors.push(batchSize);
            if (result.costJoules < leastCost)
                best = batchSize;
            leastCost = Math.min(leastCost, result.costJoules);
        }
    }
    return { survivors, best };
}
/** Flat prior, and the noise taken from the sample: the posterior's deviation is the standard error of the mean. */
function armOf(batchSize, results, window) {
    // A made-up cost is infinite while nothing has converged.
    const costs = results.map((result) => result.costJoules).filter(Number.isFinite);
    const counted = window > 0 ? costs.slice(-window) : costs;
    const count = counted.length;
    const mean = counted.reduce((sum, cost) => sum + cost, 0) / Math.max(count, 1);
    const variance = counted.reduce((sum, cost) => sum + (cost - mean) * (cost - mean), 0) / Math.max(count, 1);
    return { batchSize, results: count, mean: -mean, precision: count === 0 ? 0 : count / variance };
}
//# sourceMappingURL=batchSizeZeusReplay.js.map