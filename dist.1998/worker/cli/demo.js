"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.addDemo = addDemo;
/** `wattbandit demo`: a few dozen recurrences of a recorded job on simulated GPUs, with a real server and a real worker. */
const promises_1 = require("node:fs/promises");
const node_path_1 = require("node:path");
const client_1 = require("@temporalio/client");
const client_2 = require("../client");
const packaged_1 = require("../packaged");
const dataConverter_1 = require("../encryption/dataConverter");
const lockFile_1 = require("../lockFile");
const server_1 = require("../server");
const demoJob_1 = require("./demoJob");
const demoReport_1 = require("./demoReport");
const demoSlots_1 = require("./demoSlots");
const demoWorker_1 = require("./demoWorker");
const encryption_1 = require("./encryption");
const failures_1 = require("./failures");
const interruption_1 = require("./interruption");
const numbers_1 = require("./numbers");
const options_1 = require("./options");
const progress_1 = require("./progress");
const session_1 = require("./session");
/** Of its own, so that no other worker of a configured server trains the demonstration, nor this one anything else. */
const taskQueue = 'wattbandit-demo';
function addDemo(program) {
    program
        .command('demo')
        .description('watch wattbandit learn: a minute, no GPU, no account')
        .option('--gpu <model>', 'as recorded: v100, a40, rtx6000', 'v100')
        .option('--job <dataset>', 'as recorded: cifar100, imagenet, squad, …', 'cifar100')
        .option('--recurrences <n>', 'how many to run', options_1.wholeNumber, 36)
        .option('--keep', 'keep server and worker running at the end, to look around')
        .action((0, session_1.action)(demonstrate));
}
/** One at a time for a state directory: its server and its job belong to whoever runs them. */
async function demonstrate(session, options) {
    const demo = (0, demoJob_1.demoJob)(options.gpu, options.job);
    const interrupted = (0, interruption_1.interruption)();
    const { output } = session;
    const state = (0, server_1.stateDirectory)();
    const onWait = (pid) => output.talk(`another demonstration (process ${pid}) runs in ${state}; this one waits until it has ended …`);
    try {
        await (0, server_1.makeState)(state);
        await (0, lockFile_1.withLockFile)((0, node_path_1.join)(state, 'demo.lock'), () => play(session, options, demo, interrupted), {
            onWait,
            signal: interrupted,
        });
    }
    catch (error) {
        if (!interrupted.aborted)
            throw error;
        output.talk('interrupted; `npm start` goes on from here');
    }
    return interrupted.aborted ? failures_1.exitCodes.interrupted : failures_1.exitCodes.done;
}
async function play(session, options, demo, interrupted) {
    const { output } = session;
    const env = environment(session.globals);
    const { insecurePlaintext } = session.globals;
    const onProgress = (text) => output.talk(text);
    const server = await (0, server_1.findServer)({ env, onProgress, signal: interrupted, insecurePlaintext });
    const worker = new demoWorker_1.DemoWorker({
        arguments: [
            ...['-c', await writeWorkerConfig(demo)],
            ...['--address', server.address, '--namespace', server.namespace, '--log-level', 'warn'],
            ...(insecurePlaintext === true ? ['--insecure-plaintext'] : []),
        ],
        env,
        logFile: (0, node_path_1.join)((0, server_1.stateDirectory)(), 'demo-worker.log'),
    }, output);
    const over = new AbortController();
    const signal = AbortSignal.any([interrupted, over.signal]);
    try {
        const pages = server.uiAddress === undefined ? '' : `, its pages at ${server.uiAddress}`;
        output.talk(`Temporal at ${server.address}${pages}`);
        interrupted.throwIfAborted();
        worker.start();
        await Promise.race([runDemo({ session, options, demo, server, signal }), worker.failed, server.lost(signal)]);
    }
    finally {
        over.abort();
        await worker.stop();
        await server.stop();
    }
}
async function runDemo(demonstration) {
    const { session, options, demo, server, signal } = demonstration;
    const { output } = session;
    const dataConverter = await (0, dataConverter_1.dataConverterFor)(await (0, encryption_1.encryptionOf)(session.globals));
    const connection = await client_1.Connection.connect(server.connectionOptions);
    try {
        const client = new client_1.Client({ connection, namespace: server.namespace, dataConverter });
        const jobs = new client_2.JobClient(client, { taskQueue });
        await jobs.create(demo.spec, { paused: true });
        const ledger = await followed(demonstration, jobs, connection);
        output.one({ event: 'end', ...(0, demoReport_1.reportOf)(demo, ledger) }, (style) => `${(0, demoReport_1.reportText)(demo, ledger, style)}\n${nextSteps(options, demo, server)}`);
        if (options.keep !== true)
            return;
        output.talk('server and worker stay up; Ctrl-C ends them');
        await (0, interruption_1.untilAborted)(signal);
    }
    finally {
        await connection.close();
    }
}
/** Runs the slots and prints each as it ends. */
async function followed(demonstration, jobs, connection) {
    const { session: { output }, options, demo, signal, } = demonstration;
    const { job } = demo.spec;
    const before = await (0, demoSlots_1.ledgerOf)({ jobs, connection, signal }, job);
    const steps = await (0, demoSlots_1.makePlan)(jobs, job, options.recurrences, before);
    if (steps.done > 0) {
        const rest = steps.outstanding ? 'finishes what was begun' : 'goes on with the next slots';
        output.talk(`${steps.done} recurrences of ${job} are remembered; this run ${rest}, until ${(0, numbers_1.instant)(steps.until)}`);
    }
    output.event({ event: 'begin', ...steps }, (style) => style.bold(demoReport_1.slotHeading));
    const progress = new progress_1.Progress(output);
    const print = printer(demo, before, (line) => {
        progress.clear();
        output.event({ event: 'slot', ...line }, () => (0, demoReport_1.slotLine)(line, process.stdout.columns ?? 140));
    });
    const onLedger = (ledger) => {
        print(ledger);
        const open = ledger.slots.find((slot) => !(0, demoSlots_1.isEnded)(slot));
        if (open !== undefined)
            progress.say(`training for slot ${(0, numbers_1.instant)(open.slot)} …`);
    };
    const ledger = await (0, demoSlots_1.runSlots)(steps, { jobs, connection, signal, onLedger, onWait: (text) => output.talk(text) });
    progress.clear();
    return ledger;
}
/** Prints slots that have ended since, in their order. */
function printer(demo, before, print) {
    const endedBefore = before.slots.filter(demoSlots_1.isEnded);
    const joules = before.totals.joules;
    const next = (0, demoReport_1.createSums)(demo, { joules, slots: before.totals.slots.ran + before.totals.slots.failed });
    const printed = new Set(endedBefore.map(({ slot }) => slot));
    return ({ slots }) => {
        for (const slot of slots) {
            if (!(0, demoSlots_1.isEnded)(slot))
                return;
            if (printed.has(slot.slot))
                continue;
            printed.add(slot.slot);
            print(next(slot));
        }
    };
}
function nextSteps({ gpu, job }, demo, server) {
    const pages = server.uiAddress === undefined ? 'your Temporal server’s' : server.uiAddress;
    return `
Try next:
  npm start -- --keep                                  the next slots; then everything stays up for a look around
  npx wattbandit decision explain ${demo.spec.job}   why, in another terminal, while it is up
  npx wattbandit simulate --gpu ${gpu} --job ${job}    against Zeus's own policy, without a server
Temporal's pages: ${pages} (while it is up)`;
}
/** Flags win over the environment for server and worker alike. */
function environment({ address, namespace, profile, encryption }) {
    return {
        ...process.env,
        ...(address === undefined ? {} : { TEMPORAL_ADDRESS: address }),
        ...(namespace === undefined ? {} : { TEMPORAL_NAMESPACE: namespace }),
        ...(profile === undefined ? {} : { TEMPORAL_PROFILE: profile }),
        ...(encryption === undefined ? {} : { WATTBANDIT_ENCRYPTION: encryption }),
    };
}
/** As JSON, which YAML contains. */
async function writeWorkerConfig({ gpu, speed }) {
    const carbon = { provider: 'recorded', kind: 'average', zone: 'CISO', file: packaged_1.packagedGrid, repeat: true };
    const hardware = { kind: 'simulated', gpu, speed };
    const file = (0, node_path_1.join)((0, server_1.stateDirectory)(), 'demo-worker.yaml');
    await (0, promises_1.writeFile)(file, JSON.stringify({ version: 1, taskQueue, hardware, carbon }, undefined, 2));
    return file;
}
//# sourceMappingURL=demo.js.map