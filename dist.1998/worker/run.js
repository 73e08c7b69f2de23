"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.runWorker = runWorker;
/** A worker process: recovers what dead ones left, connects, and serves until told to stop. */
const worker_1 = require("@temporalio/worker");
const connectionSafety_1 = require("./connectionSafety");
const dataConverter_1 = require("./encryption/dataConverter");
const hardware_1 = require("./hardware");
const plugin_1 = require("./plugin");
/**
 * Resolves when the worker has shut down.
 * @throws WattbanditError `invalid` for a key that cannot be used, and for a server that may not be spoken to without TLS
 */
async function runWorker(config, options) {
    (0, connectionSafety_1.refusePlaintext)(options.connection, config.insecurePlaintext);
    const dataConverter = await (0, dataConverter_1.dataConverterFor)(config.encryption);
    const hardware = await (0, hardware_1.hardwareFor)(config, options.say);
    // Before anything is taken on: a dead holder's limit must not pass for the prior one.
    await hardware.recover();
    const connection = await worker_1.NativeConnection.connect(options.connection);
    try {
        const worker = await worker_1.Worker.create({
            connection,
            namespace: options.namespace,
            taskQueue: config.taskQueue,
            dataConverter,
            plugins: [new plugin_1.WattbanditPlugin(hardware)],
            shutdownGraceTime: '5s',
            maxHeartbeatThrottleInterval: '2s',
        });
        const running = worker.run();
        options.onReady?.();
        await whileStoppable(worker, running, options.signal);
    }
    finally {
        // After an error workers may hold it still, and the error says more.
        await connection.close().catch(() => { });
    }
}
/** A worker can be shut down once it runs, which its plugins put off a little. */
async function whileStoppable(worker, running, signal) {
    const looking = setInterval(() => {
        if (signal?.aborted && worker.getState() === 'RUNNING')
            worker.shutdown();
    }, 20);
    try {
        await running;
    }
    finally {
        clearInterval(looking);
    }
}
//# sourceMappingURL=run.js.map