"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.playHeld = playHeld;
/**
 * A daily job under a slow-down budget: the price of time is set on the first year, and the budget alone holds the slow-down
 * through the second, of which nothing is known before it happens.
 */
const slowdownBudget_1 = require("../policy/slowdownBudget");
const carbonPolicies_1 = require("./carbonPolicies");
const carbonRun_1 = require("./carbonRun");
const carbonTuned_1 = require("./carbonTuned");
function playHeld(played, years, slowdown) {
    let budget = { ...budgetAfter(played, years.first, slowdown), runs: years.second.length };
    let underway = [];
    return years.second.map((start) => {
        // Only runs that ended are known of.
        for (const ended of underway.filter(({ endsAt }) => endsAt <= start))
            budget = (0, slowdownBudget_1.spend)(budget, ended.slowdown, ended.factor);
        underway = underway.filter(({ endsAt }) => endsAt > start);
        const figures = (0, carbonRun_1.playRun)(played.ground, start, (0, carbonPolicies_1.chooserOf)(played, start, (0, slowdownBudget_1.pacedEta)(budget)));
        underway = [
            ...underway,
            { endsAt: start + figures.hours, slowdown: (0, carbonRun_1.slowdownOf)(figures), factor: (0, slowdownBudget_1.priceFactor)(budget) },
        ];
        return figures;
    });
}
/** As if the budget had been held through the first year at the one price that fits it. */
function budgetAfter(played, first, slowdown) {
    const eta = (0, carbonTuned_1.tunedEta)(played, first, slowdown);
    const terms = { slowdown, runs: first.length, eta, reference: played.reference };
    const spent = first.reduce((budget, start) => (0, slowdownBudget_1.spend)(budget, (0, carbonRun_1.slowdownOf)((0, carbonRun_1.playRun)(played.ground, start, (0, carbonPolicies_1.chooserOf)(played, start, eta))), 1), (0, slowdownBudget_1.beginBudget)(terms));
    return (0, slowdownBudget_1.renewed)(spent);
}
//# sourceMappingURL=carbonHeld.js.map