"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.lockPath = lockPath;
exports.uuidOfLock = uuidOfLock;
exports.holderFor = holderFor;
exports.whileHolding = whileHolding;
exports.holderOf = holderOf;
/** Holds GPUs against every other run on the host, by a kernel lock for each. */
const promises_1 = require("node:fs/promises");
const node_path_1 = require("node:path");
const zod_1 = require("zod");
const errors_1 = require("./errors");
const flock_1 = require("./flock");
const host_1 = require("./host");
const holderSchema = zod_1.z.object({ pid: zod_1.z.int(), pidStartedAt: zod_1.z.string(), at: zod_1.z.string(), runId: zod_1.z.string() });
const ending = '.lock';
function lockPath(directory, uuid) {
    return (0, node_path_1.join)(directory, `${encodeURIComponent(uuid)}${ending}`);
}
/** The GPU whose lock a file is, if it is one. */
function uuidOfLock(fileName) {
    return fileName.endsWith(ending) ? decodeURIComponent(fileName.slice(0, -ending.length)) : undefined;
}
async function holderFor(runId) {
    return {
        pid: process.pid,
        pidStartedAt: (await (0, host_1.startOf)(process.pid)) ?? '',
        at: new Date().toISOString(),
        runId,
    };
}
/**
 * Runs `use` while this process holds all GPUs. Lock files stay: were one removed, two runs could each lock their own.
 * @throws GpuBusy
 */
async function whileHolding(directory, uuids, holder, use) {
    const [uuid, ...rest] = uuids;
    if (uuid === undefined)
        return use();
    const lock = await take(directory, uuid);
    try {
        await signWith(lock, holder, uuid);
        return await whileHolding(directory, rest, holder, use);
    }
    finally {
        await lock.close();
    }
}
async function take(directory, uuid) {
    const lock = await (0, flock_1.lockSoon)(lockPath(directory, uuid));
    if (lock !== undefined)
        return lock;
    const holder = await holderOf(directory, uuid);
    throw new errors_1.GpuBusy(uuid, holder === undefined ? 'another process' : `run ${holder.runId} (process ${holder.pid})`);
}
/** For other processes to read who it is; the lock itself is the kernel's. */
async function signWith(lock, holder, uuid) {
    try {
        await lock.truncate(0);
        await lock.write(JSON.stringify(holder), 0);
    }
    catch (error) {
        throw new Error(`Cannot hold GPU ${uuid}: its lock cannot be written, ${(0, errors_1.reasonOf)(error)}`, { cause: error });
    }
    // Another user of the directory's group may be the next holder; only the owner can let him.
    await lock.chmod(0o660).catch(() => { });
}
/** Who signed the lock last; whether he still holds it, only the lock tells. */
async function holderOf(directory, uuid) {
    try {
        return holderSchema.parse(JSON.parse(await (0, promises_1.readFile)(lockPath(directory, uuid), 'utf8')));
    }
    catch {
        return undefined;
    }
}
//# sourceMappingURL=hold.js.map