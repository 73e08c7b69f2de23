"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.incumbentOf = incumbentOf;
exports.meetsDeadline = meetsDeadline;
exports.keepsSlowdown = keepsSlowdown;
/** Where no trusted size keeps deadline and slow-down bound: the cheapest that keeps the deadline, else the fastest. */
function incumbentOf({ sizes, epochsKnown, slowdownSeconds }, { objective }) {
    const { deadlineSeconds } = objective;
    if (!epochsKnown)
        return null;
    const trusted = sizes.filter((belief) => belief.trusted && belief.fits);
    const inTime = trusted.filter((belief) => meetsDeadline(belief, deadlineSeconds));
    const kept = inTime.filter((belief) => keepsSlowdown(belief, slowdownSeconds));
    if (kept.length > 0)
        return least(kept, (belief) => belief.costJoules);
    if (deadlineSeconds !== undefined && inTime.length > 0)
        return least(inTime, (belief) => belief.costJoules);
    return least(trusted, (belief) => belief.soonestLateSeconds);
}
/** Ties go to the smaller batch size; null of none. */
function least(among, value) {
    return among.reduce((best, one) => (best && value(best) <= value(one) ? best : one), null);
}
/** The default batch size keeps a slow-down bound of 1 exactly. */
const ROUNDING = 1 + 1e-9;
/** At maximum power, if need be: the power limit is then chosen to keep the bound as well. */
function meetsDeadline(belief, deadlineSeconds) {
    return deadlineSeconds === undefined || belief.soonestLateSeconds <= deadlineSeconds * ROUNDING;
}
function keepsSlowdown(belief, slowdownSeconds) {
    return slowdownSeconds === null || belief.soonestSeconds <= slowdownSeconds * ROUNDING;
}
//# sourceMappingURL=incumbent.js.map