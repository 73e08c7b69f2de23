"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.windowError = void 0;
exports.savingsOf = savingsOf;
exports.amountsOfAll = amountsOfAll;
/** Shares saved by many runs against a counterfactual, and how far they may be wrong by chance and by the profile. */
const counterfactual_1 = require("./counterfactual");
const random_1 = require("./random");
/** A window of a profile is repeatable to 2 % at 95 %: 1 % is a standard deviation. What all boards are off by cancels. */
exports.windowError = 0.01;
const resamples = 300;
/** Null where no run can be compared. `name` seeds the resampling. */
function savingsOf(name, records) {
    const runs = comparable(records);
    if (runs.length === 0)
        return null;
    const sums = amountsOf(runs);
    const chance = resampled(runs, (0, random_1.createRandom)((0, random_1.seedFor)(name)));
    return {
        runs: runs.length,
        sums,
        slowdown: slowdownOfAll(runs),
        againstMaxPower: savingFrom('maxPower', sums, chance),
        againstStatic: savingFrom('staticCap', sums, chance),
    };
}
/** Of those that can be compared. */
function amountsOfAll(records) {
    const runs = comparable(records);
    return runs.length === 0 ? null : amountsOf(runs);
}
function comparable(records) {
    return records.flatMap((record) => {
        const compared = (0, counterfactual_1.comparedOf)(record);
        return compared === null || (0, counterfactual_1.counterfactualOf)(record.limits, record.profile) === null ? [] : { record, compared };
    });
}
function amountsOf(runs, remeasure = (profile) => profile) {
    const sums = { amount: 0, maxPower: 0, staticCap: 0 };
    for (const { record, compared } of runs) {
        const other = (0, counterfactual_1.counterfactualOf)(record.limits, remeasure(record.profile));
        if (other === null)
            continue;
        sums.amount += compared.amount;
        sums.maxPower += compared.evenAmount * other.maxPower.joules;
        sums.staticCap += compared.evenAmount * other.staticCap.joules;
    }
    return sums;
}
/** Runs are drawn anew with replacement. A job's runs share a profile, so an error of a limit is the same in all of them. */
function resampled(runs, random) {
    return Array.from({ length: resamples }, () => {
        const factors = new Map();
        const remeasure = (profile) => profile.map((at) => {
            const factor = factors.get(at.powerLimitWatts) ?? 1 + random.normal(0, exports.windowError);
            factors.set(at.powerLimitWatts, factor);
            return { ...at, averageWatts: at.averageWatts * factor };
        });
        const drawn = runs.flatMap(() => runs[Math.floor(random.uniform() * runs.length)] ?? []);
        return amountsOf(drawn, remeasure);
    });
}
function savingFrom(against, sums, chance) {
    const saved = shareOf(sums.amount, sums[against]);
    const shares = chance.flatMap((drawn) => shareOf(drawn.amount, drawn[against]) ?? []).toSorted((a, b) => a - b);
    const from = shares.at(Math.floor(shares.length * 0.025));
    const to = shares.at(Math.ceil(shares.length * 0.975) - 1);
    return saved === null || from === undefined || to === undefined ? null : { saved, from, to };
}
function shareOf(amount, other) {
    return other > 0 ? 1 - amount / other : null;
}
function slowdownOfAll(runs) {
    let [seconds, fastest] = [0, 0];
    for (const { record } of runs) {
        const held = record.limits.reduce((sum, one) => sum + one.seconds, 0);
        seconds += held;
        fastest += held * ((0, counterfactual_1.counterfactualOf)(record.limits, record.profile)?.maxPower.seconds ?? 1);
    }
    return seconds / fastest - 1;
}
//# sourceMappingURL=savings.js.map