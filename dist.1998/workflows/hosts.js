"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.onHost = onHost;
exports.trainOnHosts = trainOnHosts;
/**
 * One run over several hosts: all hold their GPUs before any trains, one leads and the others set the limits that it sets. When
 * one fails all end, and each puts its own limits back.
 */
const workflow_1 = require("@temporalio/workflow");
const messages_1 = require("./messages");
/** How the activities of a run are to be run on their host. */
function onHost({ spec, decision }, { taskQueue }) {
    return {
        taskQueue,
        /** With every retry: when the lease is over, the bandit takes the run for lost. */
        scheduleToCloseTimeout: `${spec.lease}s`,
        /** Nobody else serves this queue: a host that does not come back must not hold the slot for ever. */
        scheduleToStartTimeout: '15m',
        // Absent from jobs of version 0.1.
        heartbeatTimeout: `${spec.heartbeatTimeout ?? 10}s`,
        cancellationType: workflow_1.ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
        summary: `batch size ${decision.batchSize}, ${decision.mode}`,
    };
}
/** `claims` by rank. @throws what went wrong on the host that failed first */
async function trainOnHosts(run, claims) {
    const [leader, ...companions] = claims.map((claim, rank) => ({
        claim,
        input: { ...run, claim, node: { rank, hosts: claims.map(({ host }) => host ?? '') } },
    }));
    if (leader === undefined)
        throw new Error('a run needs a host');
    const once = { retry: { maximumAttempts: 1 } };
    const ready = new Set();
    (0, workflow_1.setHandler)(messages_1.prepared, (rank) => void ready.add(rank));
    const scope = new workflow_1.CancellationScope();
    // A host that died must not keep the leading one waiting for its answer.
    (0, workflow_1.setHandler)(messages_1.holdOnCompanions, (watts) => scope.run(() => Promise.all(companions.map(({ claim: { taskQueue }, input: { node } }) => (0, workflow_1.proxyActivities)({
        taskQueue,
        startToCloseTimeout: '30s',
        scheduleToCloseTimeout: '1m',
        retry: { initialInterval: '200ms' },
    }).holdHere(node.rank, watts)))));
    let failure;
    const fail = (error) => {
        failure ??= error;
        scope.cancel();
    };
    return scope.run(async () => {
        const accompanying = companions.map(({ claim, input }) => (0, workflow_1.proxyActivities)({ ...onHost(run, claim), ...once })
            .accompany(input)
            .catch(fail));
        try {
            await (0, workflow_1.condition)(() => ready.size === companions.length);
            // What the leader brings home counts, also where the others broke when it had what it wanted.
            const led = (0, workflow_1.proxyActivities)({ ...onHost(run, leader.claim), ...once });
            const observation = await led.train({ ...leader.input, claim: { ...leader.claim, gpus: run.claim.gpus } });
            if (failure === undefined || observation.outcome !== 'operator')
                return observation;
            throw failure;
        }
        catch (error) {
            throw (0, workflow_1.isCancellation)(error) ? (failure ?? error) : error;
        }
        finally {
            scope.cancel();
            await workflow_1.CancellationScope.nonCancellable(() => Promise.all(accompanying));
        }
    });
}
//# sourceMappingURL=hosts.js.map