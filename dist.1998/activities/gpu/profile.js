"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createProfiler = createProfiler;
const limits_1 = require("./lease/limits");
const limitInForce_1 = require("./limitInForce");
const profileWindow_1 = require("./profileWindow");
/** How often the window of one limit begins anew. */
const mostRetries = 2;
function createProfiler(plan) {
    const known = (plan.known ?? []).map(({ powerLimitWatts }) => powerLimitWatts);
    const left = plan.limitsWatts.filter((watts) => !known.includes(watts)).toSorted((a, b) => b - a);
    const state = { left, measurements: [], repeating: false, capped: false };
    return profilerIn({ ...state, sinceSeconds: 0, isHeld: false, start: undefined, retries: 0 }, plan);
}
function profilerIn(state, plan) {
    const { left, measurements, repeating, capped } = state;
    const [limit] = left;
    return {
        limitWatts: limit,
        measurements,
        isWhole: !capped && (repeating || limit === undefined),
        end: () => profilerIn({ ...state, left: [], capped: capped || (limit !== undefined && !repeating) }, plan),
        hold: (watts, seconds) => profilerIn(limit === undefined ? state : held(state, plan, watts, seconds), plan),
        advance: (reading, circumstances = {}) => profilerIn(limit === undefined ? state : advanced(state, plan, reading, circumstances), plan),
    };
}
/** A limit that another one stands for needs no window of its own. */
function held(state, plan, inForceWatts, seconds) {
    const [limit = 0, ...others] = state.left;
    const stands = (0, limitInForce_1.selectableFor)(limit, inForceWatts, plan.limitsWatts);
    if (!(0, limits_1.isNear)(stands, limit))
        return { ...state, left: others, start: undefined, retries: 0, isHeld: false };
    return state.isHeld ? state : { ...state, isHeld: true, sinceSeconds: Math.max(state.sinceSeconds, seconds) };
}
function advanced(state, plan, reading, circumstances) {
    const { rules } = plan;
    const { left, start, retries, sinceSeconds } = state;
    if (start === undefined && reading.seconds - sinceSeconds < rules.settleSeconds)
        return state;
    const reachable = left.filter((watts) => watts <= (circumstances.enforcedWatts ?? Infinity) || isCap(watts, circumstances));
    if (reachable[0] !== left[0])
        return { ...settling(state, reading), left: reachable, capped: !state.repeating };
    const disturbed = circumstances.disturbed === true;
    if (disturbed && retries < mostRetries)
        return { ...settling(state, reading), retries: retries + 1 };
    const now = { ...state, start: start ?? reading, retries: disturbed ? spoilt : retries };
    if (start === undefined || reading.seconds - start.seconds < rules.windowSeconds)
        return now;
    const measured = measuredIn(now, plan, start, reading, circumstances);
    return measured === undefined ? now : afterWindow(now, plan, reading, measured);
}
/** In place of the retries: this window is disturbed and will be kept. */
const spoilt = mostRetries + 1;
function isCap(watts, { enforcedWatts = Infinity }) {
    return (0, limits_1.isNear)(watts, enforcedWatts);
}
function settling(state, { seconds }) {
    return { ...state, start: undefined, sinceSeconds: seconds, isHeld: false };
}
function measuredIn({ left: [powerLimitWatts = 0], retries }, { batchSize, rules }, start, end, { iterationsPerEpoch }) {
    const measured = (0, profileWindow_1.measurementBetween)(start, end, { batchSize, powerLimitWatts, source: 'profile' });
    if (measured === undefined)
        return undefined;
    if (retries === spoilt)
        return { ...measured, doubt: 'disturbed' };
    return rules.aliases && (0, profileWindow_1.mayAlias)(measured, iterationsPerEpoch) ? { ...measured, doubt: 'aliasing' } : measured;
}
function afterWindow(state, { rules }, reading, measured) {
    const next = { ...settling(state, reading), left: state.left.slice(1), retries: 0 };
    const [first] = state.measurements;
    if (state.repeating)
        return { ...next, measurements: compared(state.measurements, measured) };
    const measurements = [...state.measurements, measured];
    // With one limit there is nothing in between that could drift.
    if (next.left.length > 0 || first === undefined || !rules.repeatsFirst)
        return { ...next, measurements };
    return { ...next, measurements, left: [first.powerLimitWatts], repeating: true };
}
/** The later measurement of the first limit counts: by then the run is warm, as it was for the others. */
function compared([first, ...others], again) {
    if (first === undefined || !(0, profileWindow_1.drifted)(first, again))
        return [again, ...others];
    return [again, ...others].map((at) => ({ doubt: 'drift', ...at }));
}
//# sourceMappingURL=profile.js.map