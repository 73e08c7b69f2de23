"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.emptyGridMemory = void 0;
exports.adopt = adopt;
exports.rememberRun = rememberRun;
const gridRecord_1 = require("./gridRecord");
const signalDigest_1 = require("./signalDigest");
const signalReference_1 = require("./signalReference");
const slowdownBudget_1 = require("./slowdownBudget");
exports.emptyGridMemory = { version: 1, digest: null, budget: null };
/**
 * With what a host tells of the signal. Another signal than before, as after a move to another provider, begins anew: its price of
 * time would mean something else.
 */
function adopt(memory, told, wish) {
    const before = memory.digest ?? undefined;
    const same = before === undefined || (0, signalDigest_1.isSameSignal)(before, told);
    const digest = (0, signalDigest_1.betterKnown)(before, told) ?? told;
    const budget = same && memory.budget?.slowdown === wish?.slowdown ? memory.budget : null;
    return { version: 1, digest, budget: budget ?? begun(digest, wish) };
}
function begun(digest, wish) {
    const reference = (0, signalReference_1.referenceOf)(digest.reference);
    if (wish === null || reference === null || !(reference > 0))
        return null;
    return (0, slowdownBudget_1.beginBudget)({ ...wish, reference });
}
/** A run that did not get anywhere has spent nothing. */
function rememberRun(memory, { grid, outcome }) {
    if (memory.budget === null || grid === undefined || outcome !== 'converged')
        return memory;
    const slowdown = (0, gridRecord_1.slowdownOf)(grid);
    if (slowdown === null)
        return memory;
    return { ...memory, budget: (0, slowdownBudget_1.spend)(memory.budget, slowdown, grid.priceFactor) };
}
//# sourceMappingURL=gridMemory.js.map