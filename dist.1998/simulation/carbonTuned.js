"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.playTuned = playTuned;
exports.tunedEta = tunedEta;
/** Policies at exactly equal mean slow-down, each with its own weight set on the very runs that count: the fair comparison. */
const carbonOracle_1 = require("./carbonOracle");
const carbonPolicies_1 = require("./carbonPolicies");
const carbonRun_1 = require("./carbonRun");
const statistics_1 = require("./statistics");
/** Of log-odds: from all time to all energy, halved this often. */
const bounds = { low: -14, high: 14 };
const bisections = 24;
function playTuned(played, starts, slowdown) {
    const { fast, slow } = bracket(played, starts, slowdown);
    return (0, carbonOracle_1.inTurns)(slow.runs, fast.runs, starts.length * carbonRun_1.workHours * (1 + slowdown));
}
/** The η with which the mean slow-down of these runs is the target, or as near below as it gets. */
function tunedEta(played, starts, slowdown) {
    return bracket(played, starts, slowdown).fast.eta;
}
function bracket(played, starts, slowdown) {
    const at = (logOdds) => {
        const eta = 1 / (1 + Math.exp(-logOdds));
        return { eta, runs: starts.map((start) => (0, carbonRun_1.playRun)(played.ground, start, (0, carbonPolicies_1.chooserOf)(played, start, eta))) };
    };
    const target = starts.length * carbonRun_1.workHours * (1 + slowdown);
    let { low, high } = bounds;
    let [fast, slow] = [at(low), at(high)];
    for (let step = 0; step < bisections; step++) {
        const middle = (low + high) / 2;
        const between = at(middle);
        if ((0, statistics_1.total)(between.runs, ({ hours }) => hours) > target)
            [high, slow] = [middle, between];
        else
            [low, fast] = [middle, between];
    }
    return { fast, slow };
}
//# sourceMappingURL=carbonTuned.js.map