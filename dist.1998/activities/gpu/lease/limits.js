"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.isSame = isSame;
exports.isNear = isNear;
exports.setAndReadBack = setAndReadBack;
exports.setAll = setAll;
exports.commonRange = commonRange;
exports.clamp = clamp;
/** A driver may round to its own steps. */
const toleranceWatts = 1;
/** Two readings of one limit differ by no more than the arithmetic of units. */
const sameWatts = 0.001;
function isSame(a, b) {
    return Math.abs(a - b) <= sameWatts;
}
function isNear(a, b) {
    return Math.abs(a - b) <= toleranceWatts;
}
/** Answers the limit in force. */
async function setAndReadBack(driver, { uuid, watts }) {
    await driver.setPowerLimit(uuid, watts);
    const actual = await driver.powerLimitWatts(uuid);
    if (isNear(actual, watts))
        return actual;
    throw new Error(`Cannot set the power limit of GPU ${uuid} to ${watts} W: it reads back ${actual} W; does another tool enforce its own?`);
}
/** Sets one limit on all GPUs; if one refuses, the others get back what they had. Answers the limit in force. */
async function setAll(driver, before, watts) {
    const sets = await Promise.allSettled(before.map(({ uuid }) => setAndReadBack(driver, { uuid, watts })));
    const refusal = sets.find((set) => set.status === 'rejected');
    if (refusal === undefined)
        return Math.max(...sets.map((set) => (set.status === 'fulfilled' ? set.value : watts)));
    // Should this fail too, the lease's end still knows what to put back.
    await Promise.allSettled(before.map((limit) => setAndReadBack(driver, limit)));
    throw refusal.reason;
}
/** What all GPUs take and the site allows. */
async function commonRange(driver, uuids, site) {
    const gpus = await driver.list();
    const choices = uuids.map((uuid) => {
        const found = gpus.find((gpu) => gpu.uuid === uuid);
        if (found !== undefined)
            return found.powerLimitsWatts;
        throw new Error(`Cannot lease GPU ${uuid}: this host has ${gpus.map((gpu) => gpu.uuid).join(', ') || 'none'}.`);
    });
    const minWatts = Math.max(...choices.map((watts) => Math.min(...watts)), site.minWatts ?? 0);
    const maxWatts = Math.min(...choices.map((watts) => Math.max(...watts)), site.maxWatts ?? Infinity);
    if (minWatts <= maxWatts)
        return { minWatts, maxWatts };
    throw new Error(`Cannot lease GPUs ${uuids.join(', ')}: no limit suits all and the site; they would need one of at least ${minWatts} W and at most ${maxWatts} W.`);
}
/** In whole milliwatts, as drivers count. */
function clamp(watts, { minWatts, maxWatts }) {
    const clamped = Math.min(Math.max(watts, minWatts), maxWatts);
    return Math.round(clamped * 1000) / 1000;
}
//# sourceMappingURL=limits.js.map