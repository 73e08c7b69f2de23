"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.settle = settle;
/** Providers revise what they said at first: values that were not final are asked for again, in as few questions as will do. */
const gridSlots_1 = require("../../activities/carbon/gridSlots");
const gridWatch_1 = require("../../activities/carbon/gridWatch");
const emissions_1 = require("../../policy/emissions");
const ranges_1 = require("./ranges");
const quantity_1 = require("./quantity");
async function settle(runs, options) {
    const { source } = options;
    const isDue = dueBy(options);
    const isTold = (grid) => source !== undefined && (0, emissions_1.signalKey)(grid) === (0, emissions_1.signalKey)(source.facts);
    const told = source === undefined ? nothingTold : await askAgain(source, dueOf(runs, isTold, isDue));
    const revised = runs.map((run) => (run.grid !== null && isTold(run.grid) ? revise(run, told.readings, isDue) : run));
    const before = dueOf(runs, () => true, isDue).length;
    const unsettled = dueOf(revised, () => true, isDue).length;
    const amountOf = (all) => all.reduce((sum, { grid, joules }) => {
        return grid !== null && isTold(grid) ? sum + (0, emissions_1.emissionsOf)(joules, grid.intervals).amount : sum;
    }, 0);
    const { questions, failure } = told;
    const change = source === undefined ? null : (0, quantity_1.quantity)(source.facts, amountOf(revised) - amountOf(runs));
    const settlement = {
        asked: source !== undefined,
        questions,
        settled: before - unsettled,
        unsettled,
        change,
        failure,
    };
    return { runs: revised, settlement };
}
const nothingTold = { readings: [], questions: 0, failure: null };
function dueBy({ now, settleAfterSeconds }) {
    const before = (0, gridSlots_1.secondsOf)(now) - settleAfterSeconds;
    return ({ status, perKwh, toAt }) => (status !== 'observed' || perKwh === null) && (0, gridSlots_1.secondsOf)(toAt) < before;
}
function dueOf(runs, isTold, isDue) {
    return runs.flatMap(({ grid }) => (grid !== null && isTold(grid) ? grid.intervals.filter(isDue) : []));
}
/** The first refusal ends it: what was told until then counts. */
async function askAgain(source, due) {
    const { provider, historyHours } = source.facts;
    if (due.length === 0)
        return nothingTold;
    if (historyHours === 0)
        return { ...nothingTold, failure: `Cannot ask ${provider} again: it tells no past.` };
    const bySlot = new Map();
    let questions = 0;
    let failure = null;
    for (const range of (0, ranges_1.rangesFor)(due, historyHours * 3600)) {
        try {
            questions += 1;
            for (const reading of await source.history(range))
                bySlot.set((0, gridSlots_1.secondsOf)(reading.validFromAt), reading);
        }
        catch (error) {
            failure = error instanceof Error ? error.message : String(error);
            break;
        }
    }
    const readings = [...bySlot].toSorted(([a], [b]) => a - b).map(([, reading]) => reading);
    return { readings, questions, failure };
}
function revise(run, readings, isDue) {
    if (run.grid === null)
        return run;
    const intervals = run.grid.intervals.map((one) => (isDue(one) ? revisedBy(readings, one) : one));
    return { ...run, grid: { ...run.grid, intervals } };
}
/** The mean over the interval's time, if it is told of the whole of it. A part that may still be revised keeps all of it open. */
function revisedBy(readings, interval) {
    const [from, to] = [(0, gridSlots_1.secondsOf)(interval.fromAt), (0, gridSlots_1.secondsOf)(interval.toAt)];
    let [covered, sum] = [0, 0];
    let isFinal = true;
    for (let at = firstEndingAfter(readings, from); at < readings.length; at++) {
        const reading = readings[at];
        if (reading === undefined || (0, gridSlots_1.secondsOf)(reading.validFromAt) >= to)
            break;
        const { validFromAt, validToAt, value } = (0, gridWatch_1.signalIn)(reading);
        const seconds = Math.min(to, (0, gridSlots_1.secondsOf)(validToAt)) - Math.max(from, (0, gridSlots_1.secondsOf)(validFromAt));
        if (!(seconds > 0))
            continue;
        covered += seconds;
        sum += value * seconds;
        isFinal &&= reading.status === 'observed';
    }
    if (!(to > from) || covered < (to - from) * 0.999)
        return interval;
    return { ...interval, perKwh: sum / covered, status: isFinal ? 'observed' : 'estimated' };
}
/** A year has many slots, and a report many intervals. */
function firstEndingAfter(readings, instantSeconds) {
    let [low, high] = [0, readings.length];
    while (low < high) {
        const middle = (low + high) >> 1;
        const reading = readings[middle];
        if (reading !== undefined && (0, gridSlots_1.secondsOf)(reading.validToAt) <= instantSeconds)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
//# sourceMappingURL=settle.js.map