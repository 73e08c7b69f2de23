"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.findServer = findServer;
exports.makeState = makeState;
exports.stateDirectory = stateDirectory;
/**
 * A Temporal server for this process: the one that is configured, one that already runs here, or one that is obtained and
 * started. An embedded server keeps its data in the state directory and belongs to the process that started or adopted it.
 */
const envconfig_1 = require("@temporalio/envconfig");
const promises_1 = require("node:fs/promises");
const node_path_1 = require("node:path");
const promises_2 = require("node:timers/promises");
const connectionSafety_1 = require("./connectionSafety");
const errors_1 = require("./errors");
const lockFile_1 = require("./lockFile");
const processes_1 = require("./processes");
const serverBinary_1 = require("./serverBinary");
const serverProcess_1 = require("./serverProcess");
const serverRecord_1 = require("./serverRecord");
/** @throws WattbanditError `unavailable` if there is no server and none can be obtained, `invalid` if the state has no place or TLS is missing */
async function findServer(options = {}) {
    const env = options.env ?? process.env;
    const configured = configuredConnection(env);
    if (configured !== undefined) {
        (0, connectionSafety_1.refusePlaintext)(configured.connectionOptions, options.insecurePlaintext === true);
        return connectConfigured(configured);
    }
    const directory = stateDirectory(options);
    await makeState(directory);
    const namespace = env['TEMPORAL_NAMESPACE'] || 'default';
    const { onProgress, signal } = options;
    const find = async () => {
        const running = await findRunning(directory);
        if (running !== undefined)
            return embeddedServer(directory, namespace, running, 'running');
        const { path, source } = await (0, serverBinary_1.obtainBinary)({ directory, env, onProgress, signal });
        const launch = { binary: path, directory, namespace, database: databaseIn(directory), ui: true };
        // Recorded before it serves: should this process be killed meanwhile, the next one finds it instead of starting a second.
        const record = await (0, serverProcess_1.startServer)(launch, (launched) => (0, serverRecord_1.writeRecord)(directory, launched));
        return embeddedServer(directory, namespace, record, source);
    };
    return (0, lockFile_1.withLockFile)((0, node_path_1.join)(directory, 'server.lock'), find, { signal });
}
/** @throws WattbanditError `invalid` if the directory can be neither found nor made, or not written to */
async function makeState(directory) {
    try {
        await (0, promises_1.mkdir)(directory, { recursive: true });
        await (0, promises_1.access)(directory, promises_1.constants.W_OK);
    }
    catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        const message = `Cannot keep state in ${directory}: ${reason}; name a writable directory by WATTBANDIT_STATE.`;
        throw new errors_1.WattbanditError('invalid', message, { cause });
    }
}
function stateDirectory(options = {}) {
    const env = options.env ?? process.env;
    return (0, node_path_1.resolve)(options.stateDirectory ?? (env['WATTBANDIT_STATE'] || '.wattbandit'));
}
/**
 * What environment and Temporal profile say, `undefined` if they name no server. A profile without an address means
 * localhost:7233 to every Temporal tool, so it does here; nothing at all means that nobody chose a server.
 */
function configuredConnection(env) {
    const set = Object.entries(env).flatMap(([key, value]) => value === undefined || value === '' ? [] : [[key, value]]);
    const overrideEnvVars = Object.fromEntries(set);
    const profile = (0, envconfig_1.loadClientConfigProfile)({ overrideEnvVars });
    const chosen = profile.address ?? profile.apiKey ?? profile.tls ?? overrideEnvVars['TEMPORAL_PROFILE'];
    return chosen === undefined ? undefined : (0, envconfig_1.toClientOptions)(profile);
}
async function connectConfigured({ connectionOptions, namespace }) {
    const address = connectionOptions.address ?? 'localhost:7233';
    const failure = await (0, serverProcess_1.answers)({ ...connectionOptions, address }, 5_000);
    if (failure !== undefined) {
        const remedy = 'start it, or unset TEMPORAL_ADDRESS and TEMPORAL_PROFILE to have one started here';
        throw new errors_1.WattbanditError('unavailable', `Cannot reach the configured Temporal server ${address}: ${failure}; ${remedy}`);
    }
    return {
        address,
        namespace: namespace ?? 'default',
        how: 'configured',
        connectionOptions: { ...connectionOptions, address },
        lost: untilAborted,
        stop: async () => { },
    };
}
/** The recorded server if it still answers. One that lives without answering is ended: the data file needs one owner. */
async function findRunning(directory) {
    const record = await (0, serverRecord_1.readRecord)(directory);
    if (record === undefined || !(await (0, processes_1.isRunning)(record.pid, databaseIn(directory))))
        return undefined;
    const failure = await (0, serverProcess_1.answers)({ address: record.address }, 10_000);
    if (failure === undefined)
        return record;
    await (0, processes_1.stopProcess)(record.pid);
    return undefined;
}
async function embeddedServer(directory, namespace, record, how) {
    const ours = record.owner === process.pid || !(await (0, processes_1.isAlive)(record.owner));
    if (ours)
        await (0, serverRecord_1.writeRecord)(directory, { ...record, owner: process.pid });
    const { address, uiAddress } = record;
    const stop = async () => {
        if (ours)
            await stopRecorded(directory, record.pid);
    };
    const lost = async (signal) => {
        while (await (0, processes_1.isAlive)(record.pid))
            await (0, promises_2.setTimeout)(500, undefined, { signal });
        throw new errors_1.WattbanditError('unavailable', `The Temporal server (process ${record.pid}) has died; its last words are in ${(0, node_path_1.join)(directory, 'temporal.log')}.\n` +
            'What it knew is on disk: start again, and it goes on from there.');
    };
    return { address, namespace, how, connectionOptions: { address }, uiAddress, lost, stop };
}
async function untilAborted(signal) {
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}
/** Under the lock, so that nobody starts a second server on the data file while this one is still closing it. */
async function stopRecorded(directory, pid) {
    await (0, lockFile_1.withLockFile)((0, node_path_1.join)(directory, 'server.lock'), async () => {
        if ((await (0, serverRecord_1.readRecord)(directory))?.pid !== pid)
            return;
        await (0, processes_1.stopProcess)(pid);
        await (0, serverRecord_1.removeRecord)(directory);
    });
}
function databaseIn(directory) {
    return (0, node_path_1.join)(directory, 'temporal.db');
}
//# sourceMappingURL=server.js.map