"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createClaimActivities = createClaimActivities;
exports.runKey = runKey;
/** Finds GPUs of one model on this host for a run, and waits for them if others use them now. */
const activity_1 = require("@temporalio/activity");
const common_1 = require("@temporalio/common");
const contracts_1 = require("../../workflows/contracts");
const messages_1 = require("../../workflows/messages");
const taskQueues_1 = require("../../workflows/taskQueues");
const heartbeat_1 = require("../heartbeat");
const failure_1 = require("./failure");
function createClaimActivities({ pool, host, viewGrid }) {
    return {
        async claimGpus(spec, part = { rank: 0, besides: [] }) {
            if (part.besides.includes(host))
                throw elsewhere(pool, spec, host);
            const gpus = await (0, heartbeat_1.whileBeating)(() => ({ waitingForGpus: spec.gpus.count }), () => (0, failure_1.failureForGpus)(() => reserve(pool, spec, part)));
            const grid = spec.carbon === undefined || part.rank > 0 ? undefined : await viewGrid?.(part.slot);
            return {
                taskQueue: (0, taskQueues_1.hostQueue)((0, taskQueues_1.queueOfClaims)((0, activity_1.activityInfo)().taskQueue), host),
                host,
                gpus: describe(gpus),
                gpuUuids: gpus.map(({ uuid }) => uuid),
                ...(grid === undefined ? {} : { grid }),
            };
        },
    };
}
async function reserve(pool, spec, { rank, model }) {
    const { count } = spec.gpus;
    if ((await pool.capacity(model)) < count)
        throw rank === 0 ? tooFew(spec, model) : elsewhere(pool, spec, 'of another model');
    const gpus = await pool.reserve({ run: runKey(rank), count, model }, { milliseconds: patienceMs(), signal: (0, activity_1.cancellationSignal)() });
    if (gpus === undefined)
        throw allBusy(pool, spec);
    return gpus;
}
/** A recurrence trains once at a time: its claims on a host are all one. */
function runKey(rank = 0) {
    const { workflowExecution, activityId } = (0, activity_1.activityInfo)();
    return (0, messages_1.runKeyOf)(workflowExecution?.workflowId ?? activityId, rank);
}
/**
 * A claim that waited in vain goes back to the task queue, where a host with free GPUs may take it: at first soon, later seldom,
 * so that a thousand waiting runs are no load for the server.
 */
function patienceMs() {
    return Math.min(60, 2 ** Math.min((0, activity_1.activityInfo)().attempt, 10)) * 1000;
}
/** All of one model; their limits are those that suit every one of them. */
function describe(gpus) {
    const [first, ...rest] = gpus;
    if (first === undefined)
        throw new Error('no GPU was claimed');
    const powerLimitsWatts = first.powerLimitsWatts.filter((watts) => rest.every((gpu) => gpu.powerLimitsWatts.includes(watts)));
    return { model: first.model, count: gpus.length, powerLimitsWatts };
}
function tooFew({ job, gpus: { count } }, model = 'one model') {
    return common_1.ApplicationFailure.nonRetryable(`Cannot claim ${count} GPUs of ${model} for job ${job}: this host has fewer; lower gpus.count, or see \`wattbandit gpu list\` there.`, contracts_1.failureTypes.unsuitableHost);
}
function allBusy(pool, { job, gpus: { count } }) {
    return tryElsewhere(pool, `Cannot claim ${count} GPUs for job ${job} yet: others use them; the claim is tried again.`);
}
function elsewhere(pool, { job }, host) {
    const queue = (0, taskQueues_1.queueOfClaims)((0, activity_1.activityInfo)().taskQueue);
    return tryElsewhere(pool, `Cannot claim more GPUs for job ${job} on host ${host}; another host has to serve task queue ${queue}.`);
}
/** Nothing is wrong, so nobody is warned. */
function tryElsewhere(pool, message) {
    pool.rest();
    return common_1.ApplicationFailure.create({
        message,
        type: 'GpuBusy',
        nextRetryDelay: Math.min(30, 0.25 * 2 ** Math.min((0, activity_1.activityInfo)().attempt - 1, 10)) * 1000,
        category: common_1.ApplicationFailureCategory.BENIGN,
    });
}
//# sourceMappingURL=claim.js.map