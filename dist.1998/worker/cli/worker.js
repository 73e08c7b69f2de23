"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.addWorker = addWorker;
/** `wattbandit worker`: a worker for those who do not embed the plugin. */
const commander_1 = require("commander");
const config_1 = require("../config");
const packaged_1 = require("../packaged");
const client_1 = require("../client");
const yamlFile_1 = require("../yamlFile");
const connection_1 = require("./connection");
const encryption_1 = require("./encryption");
const failures_1 = require("./failures");
const interruption_1 = require("./interruption");
const options_1 = require("./options");
const session_1 = require("./session");
const loggerLevels = { debug: 'DEBUG', info: 'INFO', warn: 'WARN', error: 'ERROR' };
function addWorker(program) {
    program
        .command('worker')
        .description('run workers')
        .command('start')
        .description('run a worker until it is interrupted, on the GPUs of this host unless told otherwise')
        .addOption(new commander_1.Option('-c, --config <file>', 'worker configuration (YAML)').conflicts('simulated'))
        .option('--simulated <gpu>', 'simulate GPUs of a recorded model, as v100 or a40')
        .option('--traces <directory>', "recordings to simulate (default: Zeus's)")
        .option('--speed <factor>', 'simulated seconds per second', options_1.positiveNumber, 1)
        .option('--gpu-count <n>', 'simulated GPUs', options_1.wholeNumber, 1)
        .option('--task-queue <name>', `task queue to serve (default: ${client_1.defaultTaskQueue})`)
        .addOption(new commander_1.Option('--until-stdin-ends', 'end with the program that started this one').hideHelp())
        .action((0, session_1.action)(async ({ globals, output }, options) => {
        const config = await workerConfig(globals, options);
        const target = await (0, connection_1.findTarget)({ ...globals, insecurePlaintext: config.insecurePlaintext });
        // The worker's own connection waits long for a server; whoever typed this wants to know soon.
        await (await (0, connection_1.connect)(target)).close();
        // Loaded here only: the native worker takes longer to load than most commands to run.
        const [{ DefaultLogger, Runtime }, { runWorker }] = await Promise.all([
            import('@temporalio/worker'),
            import('../run.js'),
        ]);
        const stop = stopSignal(options.untilStdinEnds === true);
        Runtime.install({ logger: new DefaultLogger(loggerLevels[globals.logLevel]), shutdownSignals: [] });
        await runWorker(config, {
            connection: target.connectionOptions,
            namespace: target.namespace,
            signal: stop,
            say: (message, level) => output.event({ event: 'host', level, message }, () => message),
            onReady: () => output.event({ event: 'ready', taskQueue: config.taskQueue, address: target.address, namespace: target.namespace }, () => `Worker on task queue ${config.taskQueue} at ${target.address}. Ctrl-C ends it.`),
        });
        // Left open, it would keep this process alive.
        process.stdin.destroy();
        return stop.reason === 'SIGINT' ? failures_1.exitCodes.interrupted : failures_1.exitCodes.done;
    }));
}
/** A flag wins over the environment, and that over the file. */
async function workerConfig(globals, options) {
    const config = await writtenConfig(options);
    const encryption = (await (0, encryption_1.encryptionOf)(globals)) ?? config.encryption;
    return { ...config, encryption, insecurePlaintext: globals.insecurePlaintext ?? config.insecurePlaintext };
}
async function writtenConfig(options) {
    const { config: file, simulated: gpu, traces = packaged_1.packagedTraces, speed, gpuCount: count, taskQueue } = options;
    if (file !== undefined) {
        const config = await (0, yamlFile_1.readYamlFile)(file, config_1.workerConfigSchema);
        return taskQueue === undefined ? config : { ...config, taskQueue };
    }
    const hardware = gpu === undefined ? { kind: 'gpus' } : { kind: 'simulated', gpu, traces, speed, count };
    return config_1.workerConfigSchema.parse({ version: 1, taskQueue, hardware });
}
/** Ends with an interruption, or with the program at the other end of stdin. */
function stopSignal(untilStdinEnds) {
    const interrupted = (0, interruption_1.interruption)();
    if (!untilStdinEnds)
        return interrupted;
    const orphaned = new AbortController();
    process.stdin.resume().once('close', () => orphaned.abort('stdin'));
    return AbortSignal.any([interrupted, orphaned.signal]);
}
//# sourceMappingURL=worker.js.map