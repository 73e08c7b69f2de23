"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.recurrence = recurrence;
/** One recurrence of a job: claim GPUs, ask, train, tell; once more if the run failed in a way that teaches. */
const workflow_1 = require("@temporalio/workflow");
const common_1 = require("@temporalio/common");
const override_1 = require("../policy/override");
const hosts_1 = require("./hosts");
const taskQueues_1 = require("./taskQueues");
const messages_1 = require("./messages");
/** A worker that died in the middle of it is noticed after this time; the next try joins the same update. */
const shortly = '20s';
const { ask, tell, giveUp } = (0, workflow_1.proxyActivities)({
    startToCloseTimeout: shortly,
    retry: { maximumInterval: '10s' },
});
async function recurrence(input) {
    const { spec } = input;
    const slot = input.slot ?? nominalSlot();
    const word = { orders: override_1.noOrders, carry: async () => { } };
    (0, workflow_1.setHandler)(messages_1.runOrders, () => word.orders);
    (0, workflow_1.setHandler)(messages_1.obey, (orders) => {
        word.orders = orders;
        return word.carry();
    });
    for (let attempt = 1;; attempt++) {
        const run = await begin(spec, slot, attempt);
        const observation = await train(run, word);
        const { retry } = await workflow_1.CancellationScope.nonCancellable(() => tell(spec.job, observation));
        if (retry)
            continue;
        if (workflow_1.CancellationScope.current().consideredCancelled)
            throw new workflow_1.CancelledFailure('stopped by an operator');
        return { job: spec.job, slot, attempts: attempt, observation };
    }
}
/** GPUs and a decision for one run. Where they are not to be had, the slot ends here, and says why. */
async function begin(spec, slot, attempt) {
    try {
        const claims = await claimHosts({ spec, slot });
        const claim = whole(claims);
        const grid = claim.grid === undefined ? {} : { grid: claim.grid };
        const request = { id: (0, messages_1.askId)(slot, attempt), slot, attempt, gpus: claim.gpus, ...grid };
        // Half an ask would leave a decision that nobody follows open until its lease ends.
        const decision = await workflow_1.CancellationScope.nonCancellable(() => ask(spec, request));
        return { run: { spec, slot, attempt, decision, claim }, claims };
    }
    catch (error) {
        const failure = (0, workflow_1.isCancellation)(error) ? 'operator' : 'infrastructure';
        await workflow_1.CancellationScope.nonCancellable(() => giveUp(spec.job, { slot, failure, why: detailOf(error) }));
        throw error;
    }
}
/** GPUs of one model on each host, one host after the other. */
async function claimHosts(of, only) {
    const { spec, slot } = of;
    const leading = { rank: 0, besides: [], ...(spec.carbon === undefined ? {} : { slot }) };
    const { claimGpus } = (0, workflow_1.proxyActivities)({
        taskQueue: (0, taskQueues_1.claimsQueue)((0, workflow_1.workflowInfo)().taskQueue),
        // Where all GPUs are busy it waits on the host for a while, then the next host tries.
        startToCloseTimeout: '2m',
        heartbeatTimeout: shortly,
        scheduleToCloseTimeout: `${spec.lease}s`,
        retry: { maximumInterval: '1m' },
    });
    const claims = [await claimGpus(spec, only === undefined ? leading : { ...leading, model: only })];
    for (let rank = 1; rank < (spec.gpus.hosts ?? 1); rank++) {
        const besides = claims.flatMap(({ host }) => (host === undefined ? [] : [host]));
        const model = claims[0]?.gpus.model;
        claims.push(await claimGpus(spec, { rank, besides, ...(model === undefined ? {} : { model }) }));
    }
    return claims;
}
/** The claim of the leading host, with the GPUs of all: one limit holds on every one of them. */
function whole(claims) {
    const [leader, ...others] = claims;
    if (leader === undefined)
        throw new Error('a run needs a host');
    const { gpus } = leader;
    const powerLimitsWatts = gpus.powerLimitsWatts.filter((watts) => others.every((other) => other.gpus.powerLimitsWatts.includes(watts)));
    return { ...leader, gpus: { ...gpus, count: gpus.count * claims.length, powerLimitsWatts } };
}
/** Trains on the claimed hosts. A run that is lost or stopped is an observation like any other, not an exception. */
async function train({ run, claims }, word) {
    const timer = startCarbonTimer(run);
    word.carry = carrierTo(run, word);
    if (word.orders !== override_1.noOrders)
        void word.carry();
    try {
        if (claims.length > 1)
            return await trainOnFreeHosts(run, claims);
        const retry = { maximumAttempts: 3, maximumInterval: '30s' };
        return await (0, workflow_1.proxyActivities)({ ...(0, hosts_1.onHost)(run, run.claim), retry }).train(run);
    }
    catch (error) {
        return nothingLearned(run, (0, workflow_1.isCancellation)(error) ? 'operator' : 'infrastructure', detailOf(error));
    }
    finally {
        timer?.cancel();
        word.carry = async () => { };
    }
}
/** The run may be on its way to its GPUs still; once it has ended, nobody waits for it. */
function carrierTo({ claim }, word) {
    const { obeyRun } = (0, workflow_1.proxyActivities)({
        taskQueue: claim.taskQueue,
        startToCloseTimeout: '30s',
        scheduleToCloseTimeout: '2m',
        retry: { initialInterval: '250ms', maximumInterval: '5s' },
    });
    return async () => {
        try {
            await obeyRun((0, messages_1.runKeyOf)((0, workflow_1.workflowInfo)().workflowId), word.orders);
        }
        catch (error) {
            workflow_1.log.warn('the operator’s word did not reach the run', { why: detailOf(error) });
        }
    };
}
/** On the host that trains, while it trains. Whatever becomes of the timer, the run goes on at the limit that it holds. */
function startCarbonTimer({ decision, claim, attempt }) {
    if (decision.grid?.kind !== 'timer')
        return undefined;
    const { workflowId } = (0, workflow_1.workflowInfo)();
    const { steering } = decision.grid;
    const scope = new workflow_1.CancellationScope();
    const input = { run: (0, messages_1.runKeyOf)(workflowId), steering, heldWatts: decision.powerLimitWatts };
    void scope
        .run(() => (0, workflow_1.executeChild)(messages_1.carbonTimerWorkflow, {
        workflowId: (0, messages_1.carbonTimerId)(workflowId, attempt),
        taskQueue: claim.taskQueue,
        parentClosePolicy: workflow_1.ParentClosePolicy.TERMINATE,
        workflowIdReusePolicy: common_1.WorkflowIdReusePolicy.ALLOW_DUPLICATE,
        args: [input],
    }))
        .catch((error) => {
        if (!(0, workflow_1.isCancellation)(error))
            workflow_1.log.warn('the carbon timer ended; the run goes on', { why: detailOf(error) });
    });
    return scope;
}
/**
 * Two runs that each hold a part of what both need both give up soon; one of them comes back first.
 */
async function trainOnFreeHosts(run, claims) {
    for (let tries = 1;; tries++) {
        try {
            return await (0, hosts_1.trainOnHosts)(run, claims);
        }
        catch (error) {
            if (!isGpuBusy(error) || tries === mostTries)
                throw error;
        }
        await (0, workflow_1.sleep)(5000 + Math.random() * 25_000);
        claims = await claimHosts(run, run.claim.gpus.model);
    }
}
const mostTries = 20;
function isGpuBusy(error) {
    return (error instanceof workflow_1.ActivityFailure && error.cause instanceof workflow_1.ApplicationFailure && error.cause.type === 'GpuBusy');
}
/** What such runs drew until they were lost is not known. */
function nothingLearned(run, outcome, detail) {
    const { decision, slot, attempt, claim } = run;
    return {
        id: decision.id,
        slot,
        attempt,
        gpuModel: claim.gpus.model,
        batchSize: decision.batchSize,
        powerLimitWatts: decision.powerLimitWatts ?? 0,
        outcome,
        detail,
        epochs: 0,
        reachedEpochLimit: false,
        seconds: 0,
        joules: 0,
        measurements: [],
    };
}
/** The innermost cause says what happened; the failures around it say where. */
function detailOf(error) {
    return ((0, common_1.rootCause)(error) ?? String(error)).slice(0, messages_1.longestDetail);
}
const scheduledStartTime = (0, common_1.defineSearchAttributeKey)('TemporalScheduledStartTime', 'DATETIME');
/** The instant the Schedule meant; a recurrence that no Schedule started stands for its own start. */
function nominalSlot() {
    const info = (0, workflow_1.workflowInfo)();
    return (0, messages_1.slotAt)(info.typedSearchAttributes.get(scheduledStartTime) ?? info.startTime);
}
//# sourceMappingURL=recurrence.js.map