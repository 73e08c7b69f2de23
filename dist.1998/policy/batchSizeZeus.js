"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createZeus = createZeus;
/** Zeus's own policy for batch sizes, faithful to the paper's artifact: what ours is compared with. */
const batchSizeZeusExplanation_1 = require("./batchSizeZeusExplanation");
const batchSizeZeusReplay_1 = require("./batchSizeZeusReplay");
const cost_1 = require("./cost");
const facts_1 = require("./facts");
const imported_1 = require("./imported");
const powerLimit_1 = require("./powerLimit");
const recall_1 = require("./recall");
const emptyMemory = { version: 1, gpus: {} };
const nothing = { trials: [], profiles: {} };
/** The defaults are those of the paper's experiments. */
function createZeus(rules = {}) {
    const all = { beta: 2, pruningRounds: 2, explorations: 2, window: 0, ...rules };
    return {
        name: 'zeus',
        begin: () => emptyMemory,
        recall: (stored) => (0, recall_1.recallVersion)('zeus', emptyMemory, stored),
        observe,
        decide: (memory, ask, random) => decide(all, memory.gpus[ask.gpus.model] ?? nothing, ask, random),
    };
}
function observe(memory, observation) {
    const { gpuModel, outcome } = observation;
    const { trials, profiles } = memory.gpus[gpuModel] ?? nothing;
    const reached = outcome === 'converged';
    const teaches = reached || facts_1.teachingFailures.includes(outcome);
    const { slot, batchSize, epochs, joules, seconds } = observation;
    // Whatever its epochs, it ran.
    const counted = (0, imported_1.isUnknown)(observation, 'epochs') ? 1 : epochs;
    const trial = { slot, batchSize, epochs: counted, joules, seconds, reached };
    return {
        ...memory,
        gpus: {
            ...memory.gpus,
            [gpuModel]: {
                trials: teaches ? [...trials, trial] : trials,
                profiles: observation.measurements.filter(facts_1.isPlausible).reduce(withMeasurement, profiles),
            },
        },
    };
}
/** The newest measurement of a limit counts. Zeus has no use for probes of other sizes. */
function withMeasurement(profiles, measured) {
    if (measured.source === 'probe')
        return profiles;
    const others = (profiles[measured.batchSize] ?? []).filter((at) => at.powerLimitWatts !== measured.powerLimitWatts);
    return { ...profiles, [measured.batchSize]: [...others, measured] };
}
function decide(rules, memory, ask, random) {
    const pricing = { eta: ask.objective.eta, maxPowerWatts: (0, cost_1.maxPowerWatts)(ask.gpus) };
    const belief = (0, batchSizeZeusReplay_1.believe)(ask.job, memory.trials, pricing, rules);
    const choice = choose(belief, memory, ask, rules, random);
    const pace = paceUnder(ask.objective);
    const limit = (batchSize) => limitFor(memory.profiles[batchSize], ask, pricing, pace);
    const powerLimitWatts = limit(choice.batchSize);
    const profiled = settableIn(memory.profiles[choice.batchSize], ask.gpus);
    return {
        id: ask.id,
        policy: 'zeus',
        batchSize: choice.batchSize,
        powerLimitWatts,
        ...(powerLimitWatts === null ? {} : { profiled }),
        pace,
        costCeilingJoules: ceilingOf(belief, rules, choice),
        mode: ask.attempt > 1 && choice.mode !== 'pinned' ? 'retry' : choice.mode,
        objective: ask.objective,
        probes: null,
        reason: choice.reason,
        incumbent: belief.minCostJoules === null ? null : belief.bestKnown,
        considered: ask.job.batchSizes.map((batchSize) => ({
            ...(0, batchSizeZeusExplanation_1.explain)(batchSize, belief, choice.drawn.get(batchSize), batchSize === choice.batchSize),
            powerLimitWatts: limit(batchSize),
        })),
    };
}
function ceilingOf(belief, rules, choice) {
    if (belief.minCostJoules === null || rules.beta === null || choice.mode === 'pinned')
        return null;
    return rules.beta * belief.minCostJoules;
}
function choose(belief, memory, ask, rules, random) {
    const pick = (batchSize, mode, reason) => ({
        batchSize,
        mode,
        reason,
        drawn: new Map(),
    });
    const { stage, bestKnown } = belief;
    if (ask.pinnedBatchSize !== undefined) {
        return pick(ask.pinnedBatchSize, 'pinned', `The operator pinned batch size ${ask.pinnedBatchSize}.`);
    }
    if (!ask.exploration)
        return pick(bestKnown, 'exploit', `Exploration is paused: best known size ${bestKnown}.`);
    if (stage.kind === 'arms')
        return sample(belief.arms, rules.explorations, random);
    const round = `Pruning round ${stage.round} of ${rules.pruningRounds}`;
    if (ask.inFlight.includes(stage.awaited)) {
        return pick(bestKnown, 'exploit', `${round} awaits ${stage.awaited}, which is in flight: best known size ${bestKnown}.`);
    }
    if (memory.trials.length === 0)
        return pick(stage.awaited, 'first', `First run: the default batch size ${stage.awaited}.`);
    return pick(stage.awaited, 'explore', `${round}: batch size ${stage.awaited} is next.`);
}
/** Gaussian Thompson sampling; an arm with too few results goes first, in random order. Ties go to the smaller size. */
function sample(arms, explorations, random) {
    // An arm without results has no posterior to draw from.
    const scarce = arms.filter((arm) => arm.results < Math.max(explorations, 1));
    const first = scarce.length === 0 ? undefined : scarce[Math.floor(random.uniform() * scarce.length)];
    if (first !== undefined) {
        const reason = `Batch size ${first.batchSize} has ${first.results} of ${explorations} results.`;
        return { batchSize: first.batchSize, mode: 'explore', reason, drawn: new Map() };
    }
    const drawn = new Map(arms.map((arm) => [arm.batchSize, random.normal(arm.mean, Math.sqrt(1 / arm.precision))]));
    const [batchSize, reward] = [...drawn].reduce((best, at) => (at[1] > best[1] ? at : best));
    const reason = `Thompson sampling: ${batchSize} drew the least cost of ${arms.length} arms, ${(0, batchSizeZeusExplanation_1.inJoules)(-reward)}.`;
    return { batchSize, mode: 'exploit', reason, drawn };
}
/** So many limits make a profile of a GPU that has many. */
const WHOLE_PROFILE = 5;
/** Of the limits that may be set now; null until the profile is taken. */
function limitFor(profile, ask, pricing, pace) {
    const { powerLimitsWatts } = ask.gpus;
    const settable = settableIn(profile, ask.gpus);
    if (settable.length < Math.min(powerLimitsWatts.length, WHOLE_PROFILE))
        return null;
    return (0, powerLimit_1.choosePowerLimit)(pricing.eta, pricing.maxPowerWatts, pace)(settable).powerLimitWatts;
}
function settableIn(profile, { powerLimitsWatts }) {
    return (profile ?? []).filter((at) => powerLimitsWatts.includes(at.powerLimitWatts));
}
/** Zeus's selectors: time under a deadline, `MaxSlowdownConstraint` under a bound, else cost. */
function paceUnder(objective) {
    if (objective.deadlineSeconds !== undefined)
        return { kind: 'fastest' };
    if (objective.maxSlowdown !== undefined)
        return { kind: 'ofMaximumPower', factor: objective.maxSlowdown };
    return { kind: 'free' };
}
//# sourceMappingURL=batchSizeZeus.js.map