"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.sharedOptions = sharedOptions;
exports.hostQueues = hostQueues;
exports.createHostWorkers = createHostWorkers;
exports.runTogether = runTogether;
/** The workers that a GPU host runs beside the one with the workflows: one claims GPUs, one trains. */
const worker_1 = require("@temporalio/worker");
const taskQueues_1 = require("../workflows/taskQueues");
const onHosts = require.resolve('../workflows/onHosts');
const sharedKeys = [
    'connection',
    'namespace',
    'identity',
    'dataConverter',
    'interceptors',
    'shutdownGraceTime',
    'shutdownForceTime',
    'maxHeartbeatThrottleInterval',
    'defaultHeartbeatThrottleInterval',
];
/** Those of the main worker's options that hold for its companions too. Temporal takes no option that is undefined. */
function sharedOptions(options) {
    const given = sharedKeys.filter((key) => options[key] !== undefined);
    return Object.fromEntries(given.map((key) => [key, options[key]]));
}
function hostQueues(taskQueue, { host }) {
    return [(0, taskQueues_1.claimsQueue)(taskQueue), (0, taskQueues_1.hostQueue)(taskQueue, host)];
}
async function createHostWorkers(taskQueue, host, shared) {
    const fixed = { type: 'fixed-size', numSlots: 1 };
    return Promise.all([
        worker_1.Worker.create({
            ...shared,
            taskQueue: (0, taskQueues_1.claimsQueue)(taskQueue),
            activities: host.claims,
            maxConcurrentActivityTaskPolls: 1,
            tuner: {
                workflowTaskSlotSupplier: fixed,
                localActivityTaskSlotSupplier: fixed,
                nexusTaskSlotSupplier: fixed,
                activityTaskSlotSupplier: whileGpusAreFree(host.pool),
            },
        }),
        worker_1.Worker.create({
            ...shared,
            taskQueue: (0, taskQueues_1.hostQueue)(taskQueue, host.host),
            activities: host.runs,
            ...(host.followsGrid ? { workflowsPath: onHosts } : {}),
        }),
    ]);
}
/** A slot for each free GPU: without one, this host does not even ask for claims. */
function whileGpusAreFree(pool) {
    let given = 0;
    return {
        type: 'custom',
        async reserveSlot(_context, signal) {
            await pool.untilMoreAreFreeThan(() => given, signal);
            given += 1;
            return {};
        },
        tryReserveSlot: () => null,
        markSlotUsed: () => { },
        releaseSlot() {
            given -= 1;
        },
    };
}
const lookEveryMs = 200;
/**
 * Runs `main` and its companions until `main` has ended. Whichever of them stops, stops all: a host that only claims would hold up
 * whoever it claims for.
 */
async function runTogether(main, runMain, createOthers) {
    // First: a worker that never ran cannot be shut down.
    const runningMain = runMain();
    let others = [];
    const shutDown = () => {
        for (const worker of [main, ...others])
            if (worker.getState() === 'RUNNING')
                worker.shutdown();
    };
    const runOthers = async () => {
        others = await createOthers();
        await allEnded(others.map((worker) => worker.run().finally(shutDown)));
    };
    const watching = setInterval(() => {
        if (main.getState() !== 'RUNNING')
            shutDown();
    }, lookEveryMs);
    try {
        await allEnded([runningMain.finally(shutDown), runOthers().finally(shutDown)]);
    }
    finally {
        clearInterval(watching);
    }
}
async function allEnded(runs) {
    for (const end of await Promise.allSettled(runs))
        if (end.status === 'rejected')
            throw end.reason;
}
//# sourceMappingURL=hostWorkers.js.map