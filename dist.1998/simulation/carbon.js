"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.carbonContenders = void 0;
exports.simulateCarbon = simulateCarbon;
/** What following the grid saves: policies on recorded carbon intensities and power curves, against maximum power, cap and oracle. */
const gridWeight_1 = require("../policy/gridWeight");
const carbonCaps_1 = require("./carbonCaps");
const carbonHeld_1 = require("./carbonHeld");
const carbonOracle_1 = require("./carbonOracle");
const carbonPolicies_1 = require("./carbonPolicies");
const carbonReport_1 = require("./carbonReport");
const carbonRun_1 = require("./carbonRun");
const carbonStarts_1 = require("./carbonStarts");
const carbonTuned_1 = require("./carbonTuned");
const error_1 = require("./error");
const statistics_1 = require("./statistics");
/** `deadline`: no run exceeds the slow-down, instead of the mean. */
exports.carbonContenders = [...gridWeight_1.gridPolicies, 'deadline', 'oracle'];
function simulateCarbon(options) {
    check(options);
    const { zones, curves, modes } = options;
    const count = zones.length * curves.length * modes.length;
    let done = 0;
    const results = zones.flatMap((series) => {
        const forecasters = (0, carbonPolicies_1.forecastersOf)(series);
        return curves.flatMap((curve) => modes.flatMap((mode) => {
            options.onProgress?.({ done: done++, total: count, name: `${series.zone} ${curve.name} ${mode}` });
            return resultsOf(sceneFor({ series, curve, forecasters }, mode, options), options);
        }));
    });
    return { schemaVersion: 1, results, summary: (0, carbonReport_1.summariseCarbon)(results) };
}
function sceneFor(place, mode, { starts, seed }) {
    const { series, curve } = place;
    const ground = { curve, gramsPerKwh: series.gramsPerKwh };
    const bounds = { longestHours: (0, carbonCaps_1.longestHours)(curve), seed };
    if (mode === 'tuned')
        return {
            ...place,
            mode,
            ground,
            starts: (0, carbonStarts_1.randomStarts)(series, starts, bounds),
            years: null,
            reference: (0, statistics_1.mean)(series.gramsPerKwh),
        };
    const years = (0, carbonStarts_1.dailyStarts)(series, bounds);
    const reference = (0, statistics_1.mean)(series.gramsPerKwh.slice(0, (0, carbonStarts_1.firstYearHours)(series)));
    return { ...place, mode, ground, starts: years.second, years, reference };
}
function resultsOf(scene, { policies, slowdowns }) {
    const { curve, ground, mode, series, starts } = scene;
    const maxPower = gramsOf((0, carbonCaps_1.playCapped)(ground, starts, 0));
    const bounds = boundsOf(ground, starts);
    return slowdowns.flatMap((slowdown) => policies.map((policy) => {
        const { grams, runs, meanSlowdown } = play(scene, policy, slowdown);
        const whose = { curve: curve.name, zone: series.zone, policy, mode, slowdown };
        return { ...whose, meanSlowdown, ...(0, carbonReport_1.carbonFigures)({ grams, maxPower, ...bounds(meanSlowdown) }, runs) };
    }));
}
/** Grams of the best cap and of the oracle at a mean slow-down; most policies of a comparison have the same. */
function boundsOf(ground, starts) {
    const known = new Map();
    return (slowdown) => {
        const key = slowdown.toFixed(9);
        const bounds = known.get(key) ?? {
            capped: gramsOf((0, carbonCaps_1.playCapped)(ground, starts, slowdown)),
            oracle: (0, carbonOracle_1.oracle)(ground, starts, slowdown).grams,
        };
        known.set(key, bounds);
        return bounds;
    };
}
function play(scene, policy, slowdown) {
    const { ground, starts, years } = scene;
    if (policy === 'static')
        return outcomeOf((0, carbonCaps_1.playCapped)(ground, starts, slowdown));
    if (policy === 'oracle')
        return (0, carbonOracle_1.oracle)(ground, starts, slowdown);
    if (policy === 'deadline') {
        const choose = () => (0, carbonPolicies_1.deadlineChooser)(playedBy(scene, 'wattbandit'), slowdown);
        return outcomeOf(starts.map((start) => (0, carbonRun_1.playRun)(ground, start, choose())));
    }
    const played = playedBy(scene, policy);
    if (years !== null)
        return outcomeOf((0, carbonHeld_1.playHeld)(played, years, slowdown));
    return (0, carbonTuned_1.playTuned)(played, starts, slowdown);
}
function playedBy({ forecasters, ground, reference }, policy) {
    return { ground, forecasters, policy, reference };
}
function outcomeOf(runs) {
    return { grams: gramsOf(runs), meanSlowdown: (0, statistics_1.mean)(runs.map(carbonRun_1.slowdownOf)), runs };
}
function gramsOf(runs) {
    return (0, statistics_1.total)(runs, ({ grams }) => grams);
}
function check({ policies, slowdowns, starts }) {
    if (policies.length === 0 || slowdowns.length === 0 || !(starts >= 1))
        throw new error_1.SimulationError('Cannot simulate: name a policy, a slow-down and a start at least.');
    const broken = slowdowns.find((one) => !(one > 0 && one <= 0.5));
    if (broken !== undefined)
        throw new error_1.SimulationError(`Cannot simulate: slowdown is ${broken} and must be above 0 and at most 0.5, as 0.025.`);
}
//# sourceMappingURL=carbon.js.map