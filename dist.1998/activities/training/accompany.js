"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createAccompanyActivities = createAccompanyActivities;
/**
 * A host that takes part in a run led by another: it holds its GPUs, trains as the rank it was given, sets the limits that the
 * leading host sends through the workflow, and puts its own back, alone if need be.
 */
const activity_1 = require("@temporalio/activity");
const common_1 = require("@temporalio/common");
const messages_1 = require("../../workflows/messages");
const claim_1 = require("../gpu/claim");
const failure_1 = require("../gpu/failure");
const record_1 = require("../gpu/lease/record");
const meter_1 = require("../gpu/meter");
const heartbeat_1 = require("../heartbeat");
const holdWhenFree_1 = require("./holdWhenFree");
const train_1 = require("./train");
function createAccompanyActivities(hardware) {
    const companions = new Map();
    return {
        async accompany(input) {
            const { spec, decision, claim, node } = input;
            const key = (0, claim_1.runKey)(node?.rank);
            const leases = (0, record_1.createLeaseLog)();
            const holding = { runId: `${spec.job}/${decision.id}`, gpuUuids: claim.gpuUuids, record: leases.record };
            const whileHolding = async (power) => {
                const meter = await (0, meter_1.createMeter)(hardware.gpus, claim.gpuUuids);
                companions.set(key, { power, meter });
                try {
                    await trainAlong(input, hardware);
                    return await meter.joules();
                }
                finally {
                    companions.delete(key);
                }
            };
            const joules = await (0, heartbeat_1.whileBeating)(() => ({ rank: node?.rank }), () => hardware.pool.occupy(key, claim.gpuUuids, () => (0, failure_1.failureForGpus)(() => (0, holdWhenFree_1.holdWhenFree)(hardware.holder, holding, whileHolding, train_1.preparationMs))));
            return { joules, leases: leases.all };
        },
        /** Another worker process of this host may hold them; then the next try may find it. */
        async holdHere(rank, watts) {
            const companion = companions.get((0, claim_1.runKey)(rank));
            if (companion === undefined) {
                throw common_1.ApplicationFailure.create({ message: 'This worker does not take part in the run.', nextRetryDelay: 200 });
            }
            const set = await (0, failure_1.failureForGpus)(() => companion.power.setPowerLimit(watts));
            const joules = await companion.meter.joules();
            return set.kind === 'set' ? { joules } : { joules, foreignWatts: set.watts };
        },
    };
}
/** Until the leading host has what it wants, which comes as a cancellation. */
async function trainAlong({ spec, decision, claim, node }, { trainer }) {
    const { workflowExecution } = (0, activity_1.activityInfo)();
    if (workflowExecution === undefined || node === undefined)
        throw new Error('a companion needs a run to take part in');
    const { workflowId, runId } = workflowExecution;
    await (0, activity_1.getClient)().workflow.getHandle(workflowId, runId).signal(messages_1.prepared, node.rank);
    const { gpuUuids } = claim;
    const run = await trainer.start({ id: decision.id, spec, batchSize: decision.batchSize, gpuUuids, node });
    try {
        await (0, heartbeat_1.whileServerReachable)((lost) => untilEnded(run, lost));
    }
    finally {
        await run.stop();
    }
}
async function untilEnded(run, lost) {
    const ended = (0, activity_1.cancellationSignal)();
    const aborted = new Promise((resolve, reject) => {
        ended.addEventListener('abort', () => resolve('ended'));
        lost.addEventListener('abort', () => reject(lost.reason));
        if (ended.aborted)
            resolve('ended');
    });
    for (;;) {
        const event = await Promise.race([aborted, run.next()]);
        if (event === 'ended')
            return;
        if (event.kind === 'failed')
            throw common_1.ApplicationFailure.nonRetryable(event.detail, event.failure);
    }
}
//# sourceMappingURL=accompany.js.map