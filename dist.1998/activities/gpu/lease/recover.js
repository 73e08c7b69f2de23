"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.recoverAll = recoverAll;
exports.recoverOne = recoverOne;
exports.listLeases = listLeases;
exports.listForeign = listForeign;
/** Pays the debts of dead holders: for a worker's start, before it polls, and for an operator without Temporal. */
const promises_1 = require("node:fs/promises");
const errors_1 = require("./errors");
const flock_1 = require("./flock");
const journal_1 = require("./journal");
const hold_1 = require("./hold");
const restore_1 = require("./restore");
/** Settles every journal whose holder is gone; those of living ones are left to them and not in the answer. */
async function recoverAll(directory, driver) {
    const uuids = (await filesIn(directory)).map(journal_1.uuidOfJournal).filter((uuid) => uuid !== undefined);
    const outcomes = await Promise.all(uuids.map((uuid) => recoverOne(directory, driver, uuid)));
    return outcomes.filter((outcome) => outcome !== undefined);
}
/** Undefined without a debt, or while somebody holds the GPU. */
async function recoverOne(directory, driver, uuid) {
    try {
        const lock = await (0, flock_1.lockSoon)((0, hold_1.lockPath)(directory, uuid));
        if (lock === undefined)
            return undefined;
        try {
            return await (0, restore_1.settleFromDisk)({ directory, driver }, uuid);
        }
        finally {
            await lock.close();
        }
    }
    catch (error) {
        return { kind: 'kept', uuid, reason: (0, errors_1.reasonOf)(error) };
    }
}
/** Every GPU that is held or whose limit a dead holder left behind. */
async function listLeases(directory) {
    const files = await filesIn(directory);
    const locked = new Set(files.map(hold_1.uuidOfLock));
    const uuids = [...locked, ...files.map(journal_1.uuidOfJournal)].filter((uuid) => uuid !== undefined);
    const leases = await Promise.all([...new Set(uuids)].sort().map((uuid) => listingOf(directory, uuid, locked.has(uuid))));
    return leases.filter((lease) => lease !== undefined);
}
async function listingOf(directory, uuid, locked) {
    const held = locked && (await isHeld((0, hold_1.lockPath)(directory, uuid)));
    const journal = await (0, journal_1.readJournal)(directory, uuid);
    if (!held && journal === undefined)
        return undefined;
    const readable = journal === 'unreadable' ? undefined : journal;
    const { originalWatts, oursWatts = [] } = readable ?? {};
    return { uuid, held, holder: readable ?? (await (0, hold_1.holderOf)(directory, uuid)), originalWatts, oursWatts };
}
/** GPUs whose limit somebody moved under a lease, so that it was not put back. */
async function listForeign(directory) {
    return (await filesIn(directory)).map(journal_1.uuidOfForeign).filter((uuid) => uuid !== undefined);
}
/** A shared lock, so that two who look do not see each other. */
async function isHeld(path) {
    const lock = await (0, flock_1.tryLock)(path, 'shared');
    await lock?.close();
    return lock === undefined;
}
async function filesIn(directory) {
    try {
        return await (0, promises_1.readdir)(directory);
    }
    catch (error) {
        if ((0, errors_1.codeOf)(error) === 'ENOENT')
            return [];
        throw error;
    }
}
//# sourceMappingURL=recover.js.map