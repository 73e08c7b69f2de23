"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.gridMemoryOf = gridMemoryOf;
exports.decideUnderGrid = decideUnderGrid;
/** The decision of a job that follows its grid, and what is remembered for the next one. Pure. */
const carbon_1 = require("../../policy/carbon");
const cost_1 = require("../../policy/cost");
const gridMemory_1 = require("../../policy/gridMemory");
const gridWeight_1 = require("../../policy/gridWeight");
const signalDigest_1 = require("../../policy/signalDigest");
const signals_1 = require("../../policy/signals");
const slowdownBudget_1 = require("../../policy/slowdownBudget");
const slots_1 = require("../slots");
const steering_1 = require("./steering");
/** The memory with what the host tells now and what runs told since. */
function gridMemoryOf({ spec, grid = gridMemory_1.emptyGridMemory, since }, view) {
    const remembered = since.reduce(gridMemory_1.rememberRun, grid);
    const adopted = (0, gridMemory_1.adopt)(remembered, view.digest, wishOf(spec, view));
    if (view.reading === null || adopted.digest === null)
        return adopted;
    return { ...adopted, digest: (0, signalDigest_1.digest)(adopted.digest, [view.reading]) };
}
function wishOf({ carbon, objective, schedule }, { at }) {
    // Where no run may exceed it, nothing is left to be shared out over many.
    if (carbon?.slowdown === undefined || carbon.strict)
        return null;
    return { slowdown: carbon.slowdown, eta: objective.eta, runs: (0, slots_1.recurrencesAYear)(schedule, new Date(at)) };
}
/** `decideAt` decides under an η. */
function decideUnderGrid(question, decideAt) {
    const { spec, view, memory } = question;
    const own = decideAt(spec.objective.eta);
    const { powerLimitWatts, ...weighed } = weighAtStart(question, own);
    const kind = view.steers && !endsWithinSlot(own, view) ? 'timer' : 'start';
    const chosen = kind === 'start' ? decideAt(weighed.eta) : own;
    const factor = memory.budget === null ? 1 : (0, slowdownBudget_1.priceFactor)(memory.budget);
    const grid = { kind, ...weighed, priceFactor: factor, steering: steeringOf(question, chosen) };
    if (kind === 'start' || own.powerLimitWatts === null)
        return { ...chosen, grid };
    // The timer would set this limit in its first tick; so the run begins with it.
    return { ...chosen, grid, powerLimitWatts };
}
/** Before anything converged nobody knows how long it will be. */
function endsWithinSlot(decision, { at, slotSeconds }) {
    const seconds = candidateOf(decision)?.predictedSeconds ?? Infinity;
    return seconds <= slotSeconds - ((Date.parse(at) / 1000) % slotSeconds);
}
function candidateOf({ considered, batchSize }) {
    return considered.find((candidate) => candidate.batchSize === batchSize);
}
function steeringOf({ spec, carbon, memory, view }, decision) {
    const { policy, staleAfter: staleAfterSeconds, slowdown = null, strict } = carbon;
    return {
        policy,
        eta: spec.objective.eta,
        budget: memory.budget,
        reference: memory.digest === null ? null : (0, steering_1.referenceFor)(policy, memory.digest, view.at),
        staleAfterSeconds,
        expectedEpochs: candidateOf(decision)?.predictedEpochs ?? null,
        strictSlowdown: strict ? slowdown : null,
    };
}
function weighAtStart(question, decision) {
    const { request, view, memory } = question;
    const steering = steeringOf(question, decision);
    const profile = decision.powerLimitWatts === null ? [] : (decision.profiled ?? []);
    const sight = { steering, view, known: memory.digest, profile, standing: { epochs: 0, seconds: 0 } };
    const context = (0, steering_1.contextOf)(sight);
    const run = { profile, eta: steering.eta, maxPowerWatts: (0, cost_1.maxPowerWatts)(request.gpus) };
    if (profile.length > 0)
        return (0, carbon_1.weigh)({ ...run, pace: decision.pace }, context);
    // Without a profile only the ratio of the signal counts, and no limit follows from it.
    const { value: signal, from: signalFrom } = (0, signals_1.signalNow)(context);
    const { budget } = steering;
    const reference = budget?.reference ?? context.reference;
    const paced = budget === null ? run : { ...run, eta: (0, slowdownBudget_1.pacedEta)(budget) };
    const eta = (0, gridWeight_1.etaInSlot)(paced, steering.policy, { now: signal, atEnd: null, reference });
    const powerLimitWatts = Math.max(...request.gpus.powerLimitsWatts);
    const told = signal === null ? 'an unknown signal' : `${signal.toPrecision(3)} ${view.unit}`;
    const explanation = `With ${told} η is ${eta.toPrecision(3)}; the power limits are measured first.`;
    return { eta, powerLimitWatts, signal, signalFrom, reference, explanation };
}
//# sourceMappingURL=underGrid.js.map