"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.putBack = putBack;
/** How a sentinel puts one GPU's limit back: as soon as the lock is free, again and again while the driver is away. */
const promises_1 = require("node:timers/promises");
const driverDescription_1 = require("./driverDescription");
const errors_1 = require("./errors");
const flock_1 = require("./flock");
const hold_1 = require("./hold");
const journal_1 = require("./journal");
const outcome_1 = require("./outcome");
const restore_1 = require("./restore");
/** After that the journal waits for the next worker's start. */
const patienceMs = 60_000;
const longestWaitMs = 1000;
/** The kernel frees the lock with the worker's last breath, perhaps a little after the pipe. */
async function putBack(orders, uuid, driver) {
    const giveUpAt = performance.now() + patienceMs;
    let attempt = await tryOnce(orders, uuid, driver);
    for (let waitMs = 2; !isSettled(attempt) && performance.now() < giveUpAt; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
        await (0, promises_1.setTimeout)(waitMs);
        // A driver that was loaded anew does not know the old handles.
        attempt = attempt === 'busy' ? await tryOnce(orders, uuid, driver) : await tryAnew(orders, uuid);
    }
    if (typeof attempt === 'object')
        console.error((0, outcome_1.sayRestored)(attempt));
}
function isSettled(attempt) {
    return attempt !== 'busy' && (attempt === 'nothing' || attempt.kind !== 'kept');
}
async function tryAnew(orders, uuid) {
    try {
        return await tryOnce(orders, uuid, await (0, driverDescription_1.createDriver)(orders.driver));
    }
    catch (error) {
        return { kind: 'kept', uuid, reason: (0, errors_1.reasonOf)(error) };
    }
}
async function tryOnce({ directory, workerPid, workerStartedAt }, uuid, driver) {
    try {
        const lock = await (0, flock_1.tryLock)((0, hold_1.lockPath)(directory, uuid));
        if (lock !== undefined) {
            try {
                return (await (0, restore_1.settleFromDisk)({ directory, driver, waitsMs: [] }, uuid)) ?? 'nothing';
            }
            finally {
                await lock.close();
            }
        }
        // Whoever took the lock from a dead worker has paid its debt first, and the journal there is his own.
        const journal = await (0, journal_1.readJournal)(directory, uuid);
        const isWorkers = typeof journal === 'object' && journal.pid === workerPid && journal.pidStartedAt === workerStartedAt;
        return isWorkers ? 'busy' : 'nothing';
    }
    catch (error) {
        return { kind: 'kept', uuid, reason: (0, errors_1.reasonOf)(error) };
    }
}
//# sourceMappingURL=putBack.js.map