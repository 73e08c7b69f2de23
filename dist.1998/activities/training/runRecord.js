"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.claimRun = claimRun;
exports.endOrphansIn = endOrphansIn;
exports.isClaimed = isClaimed;
/**
 * Who trains a run on this host, as numbered files in the run's directory. The highest number holds the run; whoever comes
 * next takes the next number and ends what the earlier ones left behind. So a retried activity finds the orphan of a killed
 * worker, and of two starts at once the later one wins.
 */
const node_crypto_1 = require("node:crypto");
const promises_1 = require("node:fs/promises");
const node_os_1 = require("node:os");
const node_path_1 = require("node:path");
const zod_1 = require("zod");
const processTable_1 = require("./processTable");
const identity = zod_1.z.object({ pid: zod_1.z.int().positive(), birth: zod_1.z.string() });
const recordSchema = zod_1.z.object({
    /** Process ids mean something on one host only; the directory may be shared by several. */
    host: zod_1.z.string(),
    token: zod_1.z.string().min(1),
    worker: identity,
    leader: identity.nullable(),
});
/** Must not outlast the heartbeat timeout of the activity that waits for it. */
const orphanGraceSeconds = 5;
const recordName = /^process-(\d+)\.json$/;
/** Claims the run of `directory`, once nothing of its earlier starts is alive on this host. */
async function claimRun(directory, worker) {
    await (0, promises_1.mkdir)(directory, { recursive: true });
    const record = { host: (0, node_os_1.hostname)(), token: (0, node_crypto_1.randomUUID)(), worker, leader: null };
    const number = await takeNumber(directory, record);
    await endEarlier(directory, number);
    const path = recordPath(directory, number);
    return {
        token: record.token,
        noteLeader: (leader) => replaceFile(path, { ...record, leader }),
        isLatest: async () => (await numbersIn(directory)).at(-1) === number,
        release: () => (0, promises_1.rm)(path, { force: true }),
    };
}
/** Ends what workers that are gone left running. For the start of a worker, before it takes work. */
async function endOrphansIn(directory) {
    for (const number of await numbersIn(directory)) {
        const record = await readRecord(directory, number);
        if (record === undefined || record.host !== (0, node_os_1.hostname)() || (await isAlive(record.worker)))
            continue;
        await (0, processTable_1.endProcesses)(identityIn(record), orphanGraceSeconds);
        await (0, promises_1.rm)(recordPath(directory, number), { force: true });
    }
}
/** Whether some worker trains in `directory`, or died while it did. */
async function isClaimed(directory) {
    return (await numbersIn(directory)).length > 0;
}
async function takeNumber(directory, record) {
    for (;;) {
        const number = ((await numbersIn(directory)).at(-1) ?? 0) + 1;
        try {
            await (0, promises_1.writeFile)(recordPath(directory, number), JSON.stringify(record), { flag: 'wx', mode: 0o600 });
            return number;
        }
        catch (error) {
            if (!isTaken(error))
                throw error;
        }
    }
}
/** An earlier start that has not written its record yet has not started its trainer: it sees that it is not the latest. */
async function endEarlier(directory, number) {
    for (const earlier of (await numbersIn(directory)).filter((other) => other < number)) {
        const record = await readRecord(directory, earlier);
        if (record?.host === (0, node_os_1.hostname)())
            await (0, processTable_1.endProcesses)(identityIn(record), orphanGraceSeconds);
        await (0, promises_1.rm)(recordPath(directory, earlier), { force: true });
    }
}
async function isAlive({ pid, birth }) {
    return (await (0, processTable_1.identityOf)(pid))?.birth === birth;
}
function identityIn({ token, leader }) {
    return { token, leader };
}
async function readRecord(directory, number) {
    try {
        return recordSchema.parse(JSON.parse(await (0, promises_1.readFile)(recordPath(directory, number), 'utf8')));
    }
    catch {
        return undefined;
    }
}
async function replaceFile(path, record) {
    const draft = `${path}.${record.token}`;
    await (0, promises_1.writeFile)(draft, JSON.stringify(record), { mode: 0o600 });
    await (0, promises_1.rename)(draft, path);
}
async function numbersIn(directory) {
    const names = await (0, promises_1.readdir)(directory).catch(() => []);
    const numbers = names.flatMap((name) => recordName.exec(name)?.[1] ?? []).map(Number);
    return numbers.toSorted((a, b) => a - b);
}
function recordPath(directory, number) {
    return (0, node_path_1.join)(directory, `process-${number}.json`);
}
function isTaken(error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST';
}
//# sourceMappingURL=runRecord.js.map