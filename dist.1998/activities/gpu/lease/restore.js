"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.settleFromDisk = settleFromDisk;
exports.settle = settle;
exports.outcomeAt = outcomeAt;
/**
 * Puts back one GPU's power limit: compares first, because what is neither the prior limit nor one of ours is somebody
 * else's. Whoever calls this holds the GPU's lock.
 */
const promises_1 = require("node:timers/promises");
const errors_1 = require("./errors");
const host_1 = require("./host");
const journal_1 = require("./journal");
const limits_1 = require("./limits");
/** A driver that refuses may only be busy; together well below a worker's grace at shutdown. */
const backOffMs = [20, 40, 80, 160, 320, 640];
/** Settles what the journal on disk says; undefined without one. */
async function settleFromDisk(place, uuid) {
    try {
        const journal = await (0, journal_1.readJournal)(place.directory, uuid);
        if (journal === undefined)
            return undefined;
        if (journal !== 'unreadable')
            return await settle(place, journal);
        return { kind: 'bad', uuid, path: await (0, journal_1.setAside)(place.directory, uuid, 'bad') };
    }
    catch (error) {
        return { kind: 'kept', uuid, reason: (0, errors_1.reasonOf)(error) };
    }
}
/** Puts the limit back and the journal away. Never throws: what fails is kept for the next try. */
async function settle(place, journal) {
    const { uuid } = journal;
    try {
        const outcome = journal.bootId === (await (0, host_1.currentBootId)()) ? await restoreOften(place, journal) : { kind: 'rebooted', uuid };
        if (outcome.kind === 'foreign')
            await (0, journal_1.setAside)(place.directory, uuid, 'foreign');
        else if (outcome.kind !== 'kept')
            await (0, journal_1.dropJournal)(place.directory, uuid);
        return outcome;
    }
    catch (error) {
        return { kind: 'kept', uuid, reason: (0, errors_1.reasonOf)(error) };
    }
}
async function restoreOften({ driver, waitsMs = backOffMs }, journal) {
    for (const waitMs of waitsMs) {
        try {
            return await restoreOnce(driver, journal);
        }
        catch {
            await (0, promises_1.setTimeout)(waitMs);
        }
    }
    return restoreOnce(driver, journal);
}
async function restoreOnce(driver, journal) {
    const { uuid, originalWatts } = journal;
    const outcome = outcomeAt(await driver.powerLimitWatts(uuid), journal);
    if (outcome.kind !== 'restored')
        return outcome;
    return { ...outcome, watts: await (0, limits_1.setAndReadBack)(driver, { uuid, watts: originalWatts }) };
}
/** What is to become of a limit that reads so many watts now; `restored` where it has to be put back. */
function outcomeAt(current, { uuid, originalWatts, oursWatts }) {
    if ((0, limits_1.isSame)(current, originalWatts))
        return { kind: 'already', uuid, watts: current };
    if (!oursWatts.some((watts) => (0, limits_1.isNear)(watts, current))) {
        return { kind: 'foreign', uuid, watts: current, originalWatts };
    }
    return { kind: 'restored', uuid, watts: originalWatts, fromWatts: current };
}
//# sourceMappingURL=restore.js.map