"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.beginBudget = beginBudget;
exports.pacedEta = pacedEta;
exports.priceFactor = priceFactor;
exports.spend = spend;
exports.renewed = renewed;
/**
 * A slow-down that a recurring job may spend over a period, as 2.5 % on average over a year. One price of time for all hours of the
 * period costs the least carbon, so the price is moved as little as the budget allows: by what the rest of the period would
 * use, over what is left of it.
 */
const gridWeight_1 = require("./gridWeight");
const weeks = 52;
/** No single run, and no strange year, may turn the price upside down. */
const mostMoved = 5;
/**
 * A surplus is spread over at least this share of the period, 2 weeks of a year. Chosen on 13 grids of 2020 and 2021: with 6 weeks a
 * year ended up to 0.2 percentage points off its 5 %, with 2 weeks 0.1 at most but for one grid of water and wind.
 */
const leastShare = 2 / weeks;
function beginBudget({ plan = [], ...terms }) {
    return { ...terms, plan, leastRuns: Math.ceil(leastShare * terms.runs), spent: [] };
}
/** η at the signal's reference for the next run. Slow-down is about inversely proportional to the price of time. */
function pacedEta(budget) {
    return (0, gridWeight_1.etaAtRatio)(budget.eta, 1 / priceFactor(budget));
}
/** 1 as long as the rest of the period, at the present price, would use just what is left. */
function priceFactor(budget) {
    const { slowdown, runs, leastRuns, spent } = budget;
    const done = spent.reduce((sum, part) => sum + part.runs, 0);
    const used = spent.reduce((sum, part) => sum + part.slowdown, 0);
    const beyond = Math.max(0, leastRuns - (runs - done)) * slowdown;
    const wanted = plannedFrom(budget, done) + beyond;
    const left = runs * slowdown - used + beyond;
    if (wanted <= 0)
        return left > 0 ? 1 : mostMoved;
    return left <= wanted / mostMoved ? mostMoved : Math.max(wanted / left, 1 / mostMoved);
}
/** What the runs after the first `done` would use at the price. */
function plannedFrom({ plan, runs, slowdown }, done) {
    if (plan.length === 0)
        return Math.max(0, runs - done) * slowdown;
    const perPart = runs / plan.length;
    return plan.reduce((sum, mean, part) => {
        const ahead = Math.min(perPart, Math.max(0, (part + 1) * perPart - done));
        return sum + ahead * mean;
    }, 0);
}
/** A run ended that took `slowdown` above maximum power while the price was moved by `factor`. */
function spend(budget, slowdown, factor) {
    const done = budget.spent.reduce((sum, part) => sum + part.runs, 0);
    if (done >= budget.runs)
        return spend(renewed(budget), slowdown, factor);
    const part = Math.floor((done / budget.runs) * partsOf(budget));
    const spent = Array.from({ length: Math.max(part + 1, budget.spent.length) }, (_, at) => budget.spent[at] ?? none);
    const before = spent[part] ?? none;
    const after = {
        runs: before.runs + 1,
        slowdown: before.slowdown + slowdown,
        atPrice: before.atPrice + slowdown * factor,
    };
    return { ...budget, spent: spent.with(part, after) };
}
/** Weeks of a year; every part has a run at least. */
function partsOf({ runs }) {
    return Math.min(weeks, runs);
}
const none = { runs: 0, slowdown: 0, atPrice: 0 };
/** The next period starts from the price that would have held this one, and expects its seasons again. */
function renewed(budget) {
    const runs = budget.spent.reduce((sum, part) => sum + part.runs, 0);
    const used = budget.spent.reduce((sum, part) => sum + part.atPrice, 0);
    if (runs === 0 || used === 0)
        return { ...budget, spent: [] };
    const factor = Math.min(mostMoved, Math.max(1 / mostMoved, used / runs / budget.slowdown));
    const plan = Array.from({ length: partsOf(budget) }, (_, at) => {
        const part = budget.spent[at] ?? none;
        return part.runs === 0 ? budget.slowdown : part.atPrice / part.runs / factor;
    });
    return { ...budget, eta: (0, gridWeight_1.etaAtRatio)(budget.eta, 1 / factor), plan, spent: [] };
}
//# sourceMappingURL=slowdownBudget.js.map