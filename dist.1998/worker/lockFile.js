"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.withLockFile = withLockFile;
/** One process at a time: a file that names the process holding it, and outlives nobody. */
const node_crypto_1 = require("node:crypto");
const promises_1 = require("node:fs/promises");
const promises_2 = require("node:timers/promises");
const errno_1 = require("./errno");
const processes_1 = require("./processes");
const heldHere = new Set();
/** Waits while another living process, or another call in this one, holds `path`. */
async function withLockFile(path, use, { onWait, signal } = {}) {
    const holder = `${process.pid}.${(0, node_crypto_1.randomUUID)()}`;
    heldHere.add(holder);
    try {
        for (let tries = 0; !(await take(path, holder)); tries++) {
            await breakStale(path);
            if (tries === 1)
                onWait?.(Number.parseInt((await contentOf(path)) ?? '', 10));
            await (0, promises_2.setTimeout)(50, undefined, { signal });
        }
        try {
            return await use();
        }
        finally {
            await (0, promises_1.rm)(path, { force: true });
        }
    }
    finally {
        heldHere.delete(holder);
    }
}
/** A hard link appears together with its content; a file created in place could be read while it is still empty. */
async function take(path, holder) {
    const draft = `${path}.${holder}`;
    await (0, promises_1.writeFile)(draft, holder);
    try {
        return await linked(draft, path);
    }
    finally {
        await (0, promises_1.unlink)(draft);
    }
}
/**
 * Removes the lock of a dead holder. Of several processes that notice, one gets to link the grave; one that links it after
 * the lock changed hands sees another holder inside and leaves the lock alone.
 */
async function breakStale(path) {
    const holder = await contentOf(path);
    if (holder === undefined || (await holds(holder)))
        return;
    const grave = `${path}.${holder}.dead`;
    if (!(await linked(path, grave)))
        return;
    if ((await contentOf(grave)) === holder)
        await (0, promises_1.rm)(path, { force: true });
    await (0, promises_1.rm)(grave, { force: true });
}
async function holds(holder) {
    const pid = Number.parseInt(holder, 10);
    // A container restarts with the same process ids, so a lock with ours may be from a former life.
    return pid === process.pid ? heldHere.has(holder) : (0, processes_1.isAlive)(pid);
}
async function linked(from, to) {
    try {
        await (0, promises_1.link)(from, to);
        return true;
    }
    catch (error) {
        if ((0, errno_1.isErrno)(error, 'EEXIST') || (0, errno_1.isErrno)(error, 'ENOENT'))
            return false;
        throw error;
    }
}
async function contentOf(path) {
    try {
        return await (0, promises_1.readFile)(path, 'utf8');
    }
    catch (error) {
        if ((0, errno_1.isErrno)(error, 'ENOENT'))
            return undefined;
        throw error;
    }
}
//# sourceMappingURL=lockFile.js.map