"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.weigh = weigh;
/** How a run is to weigh speed against energy in the present slot of the grid, and the power limit that follows. */
const deadline_1 = require("./deadline");
const gridWeight_1 = require("./gridWeight");
const signals_1 = require("./signals");
const slowdownBudget_1 = require("./slowdownBudget");
const weighedWords_1 = require("./weighedWords");
function weigh(facts, context) {
    const now = (0, signals_1.signalNow)(context);
    const base = basisOf(facts, context);
    const eta = context.leftSeconds === null ? etaOf(base, context, now) : etaInTime(base, context, now);
    const { powerLimitWatts } = (0, gridWeight_1.limitAt)(facts, eta, facts.pace);
    const signalled = { signal: now.value, signalFrom: now.from, reference: base.reference };
    const explanation = (0, weighedWords_1.explainWeighed)({ context, now, eta, powerLimitWatts, baseEta: base.run.eta, ...signalled });
    return { eta, powerLimitWatts, ...signalled, explanation };
}
/** A budget's reference stands still, since what it buys is one price for all hours; Chase's is its own. */
function basisOf(facts, { budget, policy, reference }) {
    if (budget === null)
        return { run: facts, reference };
    const run = { ...facts, eta: (0, slowdownBudget_1.pacedEta)(budget) };
    return { run, reference: policy === 'chase' ? reference : budget.reference };
}
function etaOf({ run, reference }, context, now) {
    const { policy, workSeconds } = context;
    const atEnd = workSeconds === null ? null : ((0, signals_1.signalAhead)(context, workSeconds)?.value ?? null);
    return (0, gridWeight_1.etaInSlot)(run, policy, { now: now.value, atEnd, reference });
}
/** Where the signal is not known it is taken to be as now, or, if that is not known either, always the same: an even pace. */
function etaInTime({ run, reference }, context, now) {
    const left = context.leftSeconds ?? 0;
    const measure = reference !== null && reference > 0 ? reference : Math.max(Math.abs(now.value ?? 1), 1);
    const slots = [];
    for (let from = 0; from < left; from += context.slotSeconds) {
        const value = now.value === null ? measure : from === 0 ? now.value : (0, signals_1.signalAhead)(context, from)?.value;
        slots.push({
            seconds: Math.min(context.slotSeconds, left - from),
            signal: (0, gridWeight_1.ratioOf)(value ?? now.value ?? measure, measure),
        });
    }
    return (0, deadline_1.etaForDeadline)(run, context.workSeconds ?? left, slots);
}
//# sourceMappingURL=carbon.js.map