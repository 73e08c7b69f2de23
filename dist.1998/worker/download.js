"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.downloadedBinary = downloadedBinary;
exports.downloadBinary = downloadBinary;
/** The Temporal CLI through the SDK's own download, which its test environment uses too. */
const promises_1 = require("node:fs/promises");
const node_path_1 = require("node:path");
const promises_2 = require("node:timers/promises");
const processes_1 = require("./processes");
const sdk = { sdkName: 'sdk-typescript', sdkVersion: '1.24.0' };
const stalledAfterSeconds = 20;
/**
 * The SDK fetches the program only when it starts a server from it, so one is started in memory and ended. In a process of its
 * own: an SDK runtime exists once per process and is the caller's to configure, and a transfer that stalls can be ended.
 */
const script = `
  const [worker, config] = process.argv.slice(1);
  const runtime = require(worker).Runtime.instance();
  runtime.createEphemeralServer(JSON.parse(config)).then(
    (server) => runtime.shutdownEphemeralServer(server),
    (error) => { console.error(error.message); process.exitCode = 1; },
  );
`;
function downloadedBinary(directory) {
    return (0, node_path_1.join)(directory, 'bin', `temporal-${sdk.sdkName}-${sdk.sdkVersion}`);
}
/** @returns the path of the program */
async function downloadBinary(directory, env, signal) {
    const path = downloadedBinary(directory);
    const partial = `${path}.downloading`;
    await (0, promises_1.mkdir)((0, node_path_1.join)(directory, 'bin'), { recursive: true });
    await (0, promises_1.rm)(partial, { force: true });
    const stalled = new AbortController();
    const finished = new AbortController();
    const download = (0, processes_1.run)(process.execPath, ['-e', script, require.resolve('@temporalio/worker'), config(directory)], {
        env,
        signal: signal === undefined ? stalled.signal : AbortSignal.any([stalled.signal, signal]),
    });
    void abortWhenStalled(partial, stalled, finished.signal);
    try {
        await download;
        return path;
    }
    catch (error) {
        throw new Error(explain(error, stalled.signal.aborted), { cause: error });
    }
    finally {
        finished.abort();
    }
}
async function abortWhenStalled(file, stalled, finished) {
    let size = -1;
    for (let idleSeconds = 0; idleSeconds < stalledAfterSeconds && !finished.aborted; idleSeconds++) {
        await (0, promises_2.setTimeout)(1000, undefined, { signal: finished }).catch(() => { });
        const now = await (0, promises_1.stat)(file).then((found) => found.size, () => -1);
        if (now !== size)
            idleSeconds = 0;
        size = now;
    }
    if (!finished.aborted)
        stalled.abort();
}
function explain(error, stalled) {
    if (stalled)
        return `nothing arrived for ${stalledAfterSeconds} seconds`;
    // The SDK repeats the address with every cause it wraps; the last one is the reason.
    return (0, processes_1.complaint)(error).at(-1)?.split('): ').at(-1) ?? '';
}
function config(directory) {
    return JSON.stringify({
        type: 'dev-server',
        exe: { type: 'cached-download', downloadDir: (0, node_path_1.join)(directory, 'bin'), version: 'default', ttl: 86_400_000, ...sdk },
        namespace: 'default',
        ip: '127.0.0.1',
        port: null,
        uiPort: null,
        dbFilename: null,
        ui: false,
        log: { format: 'pretty', level: 'warn' },
        extraArgs: [],
    });
}
//# sourceMappingURL=download.js.map