"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.preparationMs = void 0;
exports.createTrainActivities = createTrainActivities;
/**
 * One run, start to observation, in one activity that holds the GPUs from before the first change of a limit until after
 * the limits are put back.
 */
const activity_1 = require("@temporalio/activity");
const common_1 = require("@temporalio/common");
const contracts_1 = require("../../workflows/contracts");
const messages_1 = require("../../workflows/messages");
const claim_1 = require("../gpu/claim");
const failure_1 = require("../gpu/failure");
const record_1 = require("../gpu/lease/record");
const meter_1 = require("../gpu/meter");
const heartbeat_1 = require("../heartbeat");
const follow_1 = require("./follow");
const followRun_1 = require("./followRun");
const gridRun_1 = require("./gridRun");
const holdWhenFree_1 = require("./holdWhenFree");
const lead_1 = require("./lead");
/** Two runs over several hosts that each hold a part of what both need would wait for each other for ever. */
exports.preparationMs = 30_000;
function createTrainActivities(hardware) {
    return {
        async train(input) {
            const { spec, decision, claim } = input;
            const { gpuUuids } = claim;
            const follower = new follow_1.Follower({ decision, spec, gpus: claim.gpus });
            const leases = (0, record_1.createLeaseLog)();
            const holding = { runId: `${spec.job}/${decision.id}`, gpuUuids, record: leases.record };
            const work = async () => {
                refuseForeignTrainer(spec, hardware.trainer);
                return (0, failure_1.failureForGpus)(() => (0, holdWhenFree_1.holdWhenFree)(hardware.holder, holding, (power) => trainHolding(power, follower, input, hardware), input.node === undefined ? Infinity : exports.preparationMs));
            };
            const observation = await (0, heartbeat_1.whileBeating)(() => follower.progress, () => hardware.pool.occupy((0, claim_1.runKey)(input.node?.rank), gpuUuids, work));
            return { ...observation, leases: leases.all };
        },
    };
}
async function trainHolding(own, follower, input, { gpus: ownGpus, trainer, underWay }) {
    const { spec, decision, claim, node } = input;
    const { gpuUuids } = claim;
    const crew = node === undefined ? (0, lead_1.alone)(own, ownGpus) : await (0, lead_1.lead)(own, ownGpus, gpuUuids, node.hosts.length);
    const { power, gpus } = crew;
    const orders = await ordersBefore();
    if (orders !== undefined)
        follower.obey(orders);
    await power.setPowerLimit(follower.limitWatts);
    const meter = await (0, meter_1.createMeter)(gpus, gpuUuids);
    const run = await trainer.start({ id: decision.id, spec, batchSize: decision.batchSize, gpuUuids, node });
    try {
        const onGrid = (0, gridRun_1.createGridRun)(input, { run, follower, power });
        const { ending, reading } = await underWay.during((0, claim_1.runKey)(node?.rank), onGrid.steerable, () => (0, heartbeat_1.whileServerReachable)((lost) => (0, followRun_1.followRun)({ run, follower, meter, power, decision, gpus: claim.gpus, lost })));
        const observation = await crew.settled(observationOf(input, follower, ending, reading));
        const grid = onGrid.record();
        return grid === undefined ? observation : { ...observation, grid };
    }
    finally {
        await run.stop();
    }
}
/** What an operator said to the run while an earlier attempt trained, which has taken it to its grave. */
async function ordersBefore() {
    const { attempt, workflowExecution } = (0, activity_1.activityInfo)();
    if (attempt === 1 || workflowExecution === undefined)
        return undefined;
    const recurrence = (0, activity_1.getClient)().workflow.getHandle(workflowExecution.workflowId);
    return recurrence.query(messages_1.runOrders).catch(() => undefined);
}
function observationOf(input, follower, ending, reading) {
    const { decision, slot, attempt, claim } = input;
    return {
        id: decision.id,
        slot,
        attempt,
        gpuModel: claim.gpus.model,
        batchSize: decision.batchSize,
        powerLimitWatts: follower.limitWatts,
        ...ending,
        detail: ending.detail?.slice(0, messages_1.longestDetail),
        epochs: follower.epochs,
        seconds: reading.seconds,
        joules: reading.joules,
        measurements: follower.measurements(reading),
        outOfMemoryBatchSizes: follower.outOfMemoryBatchSizes,
    };
}
function refuseForeignTrainer(spec, trainer) {
    if (spec.trainer.kind === trainer.kind)
        return;
    throw common_1.ApplicationFailure.nonRetryable(`Cannot train job ${spec.job}: it wants trainer ${spec.trainer.kind}, this worker has ${trainer.kind}; mend trainer.kind or start another worker.`, contracts_1.failureTypes.invalidRequest);
}
//# sourceMappingURL=train.js.map