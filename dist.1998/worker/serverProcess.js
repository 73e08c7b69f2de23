"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.startServer = startServer;
exports.answers = answers;
/** One `temporal server start-dev` process: how it is started, and asked whether it serves. */
const client_1 = require("@temporalio/client");
const node_child_process_1 = require("node:child_process");
const promises_1 = require("node:fs/promises");
const node_net_1 = require("node:net");
const node_path_1 = require("node:path");
const promises_2 = require("node:timers/promises");
const errors_1 = require("./errors");
const processes_1 = require("./processes");
/**
 * The server's own defaults let one workflow take 20 steps a second and round timers up to a second; a schedule that backfills
 * three days of hourly slots starts 72 workflows at once, which all ask one bandit.
 */
const dynamicConfig = {
    'history.transferProcessorMaxPollRPS': 1000,
    'history.timerProcessorMaxPollRPS': 1000,
    'history.visibilityProcessorMaxPollRPS': 200,
    'history.timerProcessorMaxTimeShift': '10ms',
    'matching.numTaskqueueReadPartitions': 1,
    'matching.numTaskqueueWritePartitions': 1,
    'history.maxInFlightUpdates': 200,
    'worker.schedulerNamespaceStartWorkflowRPS': 200,
};
/**
 * Starts a server that serves when this returns. `onLaunch` hears of each process before it serves: of more than one, if another
 * program takes a port between its choice and its use.
 * @throws WattbanditError `unavailable` with the end of the log if it dies, or does not serve within a minute
 */
async function startServer(options, onLaunch) {
    for (let attempt = 1;; attempt++) {
        const launched = await launch(options);
        await onLaunch(launched.record);
        const failure = await startFailure(launched);
        if (failure === undefined)
            return launched.record;
        if (attempt === 3 || !failure.includes('address already in use'))
            throw new errors_1.WattbanditError('unavailable', `Cannot start a Temporal server: ${failure}`);
    }
}
async function launch(options) {
    const logFile = (0, node_path_1.join)(options.directory, 'temporal.log');
    const log = await (0, promises_1.open)(logFile, 'a');
    try {
        const logStart = (await log.stat()).size;
        const ports = options.port === undefined ? await freePorts(options.ui ? 2 : 1) : [options.port];
        const [address, uiAddress] = ports.map((port, index) => `${index === 0 ? '' : 'http://'}127.0.0.1:${port}`);
        const child = (0, node_child_process_1.spawn)(options.binary, serverArguments(options, ports), {
            stdio: ['ignore', log.fd, log.fd],
            // In its own process group: Ctrl-C is for the caller, who still needs the server to end in good order.
            detached: true,
        });
        const pid = await spawned(child, options.binary);
        child.unref();
        return { record: { pid, owner: process.pid, address: address ?? '', uiAddress }, child, logFile, logStart };
    }
    finally {
        await log.close();
    }
}
/** Waits until it serves; why it never will, if it dies or takes longer than a minute. */
async function startFailure({ record, child, logFile, logStart }) {
    const giveUpAt = Date.now() + 60_000;
    for (;;) {
        // A gRPC client that was refused once waits a second before it tries again, so it is not used to knock.
        const serves = (await accepts(record.address)) && (await answers({ address: record.address }, 1_000)) === undefined;
        const ended = child.exitCode ?? child.signalCode;
        if (serves && ended === null)
            return undefined;
        if (ended !== null || Date.now() > giveUpAt) {
            await (0, processes_1.stopProcess)(record.pid);
            const what = ended === null ? `it does not answer on ${record.address}` : `it ended at once (${ended})`;
            const lines = (await (0, promises_1.readFile)(logFile)).subarray(logStart).toString().trimEnd().split('\n').slice(-8);
            return `${what}; ${logFile} ends with\n${lines.join('\n')}`;
        }
        await (0, promises_2.setTimeout)(20);
    }
}
async function accepts(address) {
    const { hostname, port } = new URL(`tcp://${address}`);
    const socket = (0, node_net_1.connect)(Number(port), hostname);
    const accepted = await new Promise((tell) => {
        socket.once('connect', () => tell(true)).once('error', () => tell(false));
    });
    socket.destroy();
    return accepted;
}
/** Why the server does not answer, `undefined` if it does. */
async function answers(options, milliseconds) {
    try {
        const connection = await client_1.Connection.connect({ ...options, connectTimeout: milliseconds });
        await connection.close();
        return undefined;
    }
    catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
}
/** Three times as fast as a sync per transaction. What is committed survives the process; a power cut may cost the last moments. */
const pragmas = ['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=1'];
function serverArguments(options, [port, uiPort]) {
    return [
        ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'warn'],
        ...['--namespace', options.namespace],
        ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort), '--ui-disable-news-fetch']),
        ...(options.database === undefined ? [] : ['--db-filename', options.database, ...pragmas]),
        ...Object.entries({ ...dynamicConfig, ...options.dynamicConfig }).flatMap(([key, value]) => [
            '--dynamic-config-value',
            `${key}=${JSON.stringify(value)}`,
        ]),
    ];
}
/** All are held before one is let go, else the system may give the same port twice. */
async function freePorts(count) {
    const sockets = await Promise.all(Array.from({ length: count }, listening));
    const ports = sockets
        .map((socket) => socket.address())
        .map((at) => (at === null || typeof at === 'string' ? 0 : at.port));
    await Promise.all(sockets.map((socket) => new Promise((closed) => socket.close(closed))));
    return ports;
}
async function listening() {
    const socket = (0, node_net_1.createServer)();
    await new Promise((ready, failed) => socket.once('error', failed).listen(0, '127.0.0.1', ready));
    return socket;
}
async function spawned(child, binary) {
    return new Promise((started, failed) => {
        child.once('spawn', () => started(child.pid ?? 0));
        child.once('error', (cause) => failed(new errors_1.WattbanditError('unavailable', `Cannot start ${binary}: ${cause.message}`, { cause })));
    });
}
//# sourceMappingURL=serverProcess.js.map