"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.reportOf = reportOf;
exports.emissionsOfRun = emissionsOfRun;
exports.emissionsOfAll = emissionsOfAll;
/** Runs put together to what a report says of each job and each day. */
const emissions_1 = require("../../policy/emissions");
const savings_1 = require("../../policy/savings");
const methods_1 = require("./methods");
const quantity_1 = require("./quantity");
function reportOf({ period, runs, read, settlement }) {
    const jobs = groups(runs, ({ job, grid }) => JSON.stringify([job, grid === null ? null : (0, emissions_1.signalKey)(grid)]));
    const followed = runs.filter(({ grid }) => grid !== null);
    const days = groups(followed, ({ endedAt, grid }) => `${endedAt.slice(0, 10)} ${grid === null ? '' : (0, emissions_1.signalKey)(grid)}`);
    const order = ({ job, signal }) => `${job} ${signal === null ? '' : (0, emissions_1.signalKey)(signal)}`;
    return {
        from: period.fromAt,
        to: period.toAt,
        jobs: jobs.map(jobRow).toSorted((a, b) => order(a).localeCompare(order(b))),
        days: days.flatMap(dayRow).toSorted((a, b) => a.day.localeCompare(b.day)),
        read,
        settlement,
        methods: methods_1.methods,
        notWhatItIs: methods_1.notWhatItIs,
    };
}
function emissionsOfRun({ joules, grid }) {
    return (0, emissions_1.emissionsOf)(joules, grid?.intervals ?? []);
}
/** Only of runs of one signal: others cannot be added up. */
function emissionsOfAll(runs) {
    (0, emissions_1.requireOneSignal)(runs.flatMap(({ grid }) => grid ?? []));
    return runs.map(emissionsOfRun).reduce(emissions_1.addEmissions, emissions_1.noEmissions);
}
function jobRow(runs) {
    const { job = '', grid = null } = runs[0] ?? {};
    const signal = grid === null ? null : signalOf(grid);
    const emissions = emissionsOfAll(runs);
    return {
        job,
        signal,
        runs: runs.length,
        failedRuns: runs.filter(({ outcome }) => outcome !== 'converged').length,
        joules: emissions.joules,
        seconds: runs.reduce((sum, { seconds }) => sum + seconds, 0),
        emitted: signal === null ? null : (0, quantity_1.quantity)(signal, emissions.amount),
        coverage: (0, emissions_1.coverageOf)(emissions),
        statusShares: sharesOf(emissions),
        compared: signal === null ? null : comparedRow(job, signal, runs),
    };
}
function comparedRow(job, signal, runs) {
    const savings = (0, savings_1.savingsOf)(job, runs.flatMap(({ grid }) => grid ?? []));
    if (savings === null)
        return null;
    const { sums, slowdown, againstMaxPower, againstStatic } = savings;
    return {
        runs: savings.runs,
        slowdown,
        emitted: (0, quantity_1.quantity)(signal, sums.amount),
        maxPower: { ...(0, quantity_1.quantity)(signal, sums.maxPower), saved: againstMaxPower },
        staticCap: { ...(0, quantity_1.quantity)(signal, sums.staticCap), saved: againstStatic },
    };
}
function dayRow(runs) {
    const [first] = runs;
    if (first === undefined || first.grid === null)
        return [];
    const signal = signalOf(first.grid);
    const amounts = (0, savings_1.amountsOfAll)(runs.flatMap(({ grid }) => grid ?? []));
    const emitted = (0, quantity_1.quantity)(signal, emissionsOfAll(runs).amount);
    const compared = amounts === null ? null : comparedDay(signal, amounts);
    return [{ day: first.endedAt.slice(0, 10), signal, runs: runs.length, emitted, compared }];
}
function comparedDay(signal, { amount, maxPower, staticCap }) {
    return {
        emitted: (0, quantity_1.quantity)(signal, amount),
        maxPower: (0, quantity_1.quantity)(signal, maxPower),
        staticCap: (0, quantity_1.quantity)(signal, staticCap),
    };
}
function sharesOf({ joules, byStatus }) {
    if (!(joules > 0))
        return null;
    const { observed, estimated, forecast, unknown } = byStatus;
    return {
        observed: observed / joules,
        estimated: estimated / joules,
        forecast: forecast / joules,
        unknown: unknown / joules,
    };
}
function signalOf({ provider, zone, kind }) {
    return { provider, zone, kind };
}
function groups(runs, keyOf) {
    const byKey = new Map();
    for (const run of runs) {
        const group = byKey.get(keyOf(run));
        if (group === undefined)
            byKey.set(keyOf(run), [run]);
        else
            group.push(run);
    }
    return [...byKey.values()];
}
//# sourceMappingURL=report.js.map