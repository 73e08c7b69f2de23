"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.putBackByForce = putBackByForce;
/** Puts back a limit that somebody moved meanwhile: never by itself, only on an operator's word for this one GPU. */
const promises_1 = require("node:fs/promises");
const errors_1 = require("./errors");
const flock_1 = require("./flock");
const hold_1 = require("./hold");
const host_1 = require("./host");
const journal_1 = require("./journal");
const limits_1 = require("./limits");
/** Undefined if nothing was left to others, or while somebody holds the GPU. */
async function putBackByForce(directory, driver, uuid) {
    try {
        const lock = await (0, flock_1.lockSoon)((0, hold_1.lockPath)(directory, uuid));
        if (lock === undefined)
            return undefined;
        try {
            return await putBack(directory, driver, uuid);
        }
        finally {
            await lock.close();
        }
    }
    catch (error) {
        return { kind: 'kept', uuid, reason: (0, errors_1.reasonOf)(error) };
    }
}
async function putBack(directory, driver, uuid) {
    const path = (0, journal_1.foreignPath)(directory, uuid);
    const journal = await (0, journal_1.readJournal)(directory, uuid, path);
    if (journal === undefined)
        return undefined;
    if (journal === 'unreadable')
        return { kind: 'bad', uuid, path };
    const outcome = journal.bootId === (await (0, host_1.currentBootId)())
        ? {
            kind: 'restored',
            uuid,
            fromWatts: await driver.powerLimitWatts(uuid),
            watts: await (0, limits_1.setAndReadBack)(driver, { uuid, watts: journal.originalWatts }),
        }
        : { kind: 'rebooted', uuid };
    await (0, promises_1.rm)(path, { force: true });
    return outcome;
}
//# sourceMappingURL=force.js.map