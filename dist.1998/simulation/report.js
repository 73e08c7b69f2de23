"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.figuresOf = figuresOf;
exports.summarise = summarise;
const statistics_1 = require("./statistics");
const tailRecurrences = 20;
/** Of the first `recurrences` of each series. */
function figuresOf(played, recurrences) {
    const series = played.map((all) => all.slice(0, recurrences));
    const regrets = series.map((all) => (0, statistics_1.mean)(all.map(costRatio)) * all.length - all.length);
    const tails = series.map((all) => all.slice(-tailRecurrences));
    return {
        recurrences,
        seeds: series.length,
        regret: { mean: (0, statistics_1.mean)(regrets), ci95: 1.96 * (0, statistics_1.standardError)(regrets) },
        costOverOracle: (0, statistics_1.mean)(series.map((all) => (0, statistics_1.mean)(all.map(costRatio)))),
        tailCostOverOracle: (0, statistics_1.mean)(tails.map((all) => (0, statistics_1.mean)(all.map(costRatio)))),
        energyVsDefault: (0, statistics_1.mean)(series.map((all) => (0, statistics_1.total)(all, (one) => one.joules) / (0, statistics_1.total)(all, (one) => one.defaultJoules))),
        timeVsDefault: (0, statistics_1.mean)(series.map((all) => (0, statistics_1.total)(all, (one) => one.seconds) / (0, statistics_1.total)(all, (one) => one.defaultSeconds))),
        failedRuns: (0, statistics_1.mean)(series.map((all) => (0, statistics_1.total)(all, (one) => one.failedRuns))),
    };
}
function summarise(results) {
    const policies = [...new Set(results.map((row) => row.policy))];
    const lengths = [...new Set(results.map((row) => row.recurrences))];
    return policies.flatMap((policy) => lengths.map((recurrences) => {
        const rows = results.filter((row) => row.policy === policy && row.recurrences === recurrences);
        return summaryOf(policy, recurrences, rows, results);
    }));
}
function summaryOf(policy, recurrences, rows, all) {
    const zeus = all.filter((row) => row.policy === 'zeus' && row.recurrences === recurrences);
    const zeusOf = (row) => zeus.find((other) => other.gpu === row.gpu && other.job === row.job)?.regret.mean;
    const regret = (0, statistics_1.mean)(rows.map((row) => row.regret.mean));
    const zeusRegret = (0, statistics_1.mean)(zeus.map((row) => row.regret.mean));
    const ratios = rows.flatMap((row) => over(row.regret.mean, zeusOf(row)) ?? []);
    return {
        policy,
        recurrences,
        jobs: rows.length,
        regret,
        ratioToZeus: over(regret, zeusRegret),
        worstRatioToZeus: ratios.length === 0 ? null : Math.max(...ratios),
        tailCostOverOracle: (0, statistics_1.mean)(rows.map((row) => row.tailCostOverOracle)),
        worstTailCostOverOracle: Math.max(...rows.map((row) => row.tailCostOverOracle)),
        failedRuns: (0, statistics_1.mean)(rows.map((row) => row.failedRuns)),
    };
}
function over(value, reference) {
    return reference !== undefined && reference > 0 ? value / reference : null;
}
function costRatio({ costJoules, oracleCostJoules }) {
    return costJoules / oracleCostJoules;
}
//# sourceMappingURL=report.js.map