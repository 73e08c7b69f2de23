"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createBanditActivities = createBanditActivities;
/** Ask and tell for a recurrence: messages to the bandit of its job, which is started by the first ask if need be. */
const activity_1 = require("@temporalio/activity");
const client_1 = require("@temporalio/client");
const common_1 = require("@temporalio/common");
const contracts_1 = require("../workflows/contracts");
const messages_1 = require("../workflows/messages");
function createBanditActivities() {
    return {
        /** The update's id is the ask's, so a retried ask gets the same answer. */
        async ask(spec, request) {
            return finalIfRefused(async () => {
                try {
                    return await askOrBegin(spec, request, 'ALLOW_DUPLICATE_FAILED_ONLY');
                }
                catch (error) {
                    if (!(error instanceof client_1.WorkflowExecutionAlreadyStartedError))
                        throw error;
                    if (!(await isScheduled(spec.job)))
                        throw deleted(spec.job);
                    return askOrBegin(spec, request, 'ALLOW_DUPLICATE');
                }
            });
        },
        /** A job that was deleted in between has nobody left to tell; the observation stays the recurrence's result. */
        async tell(job, observation) {
            const answer = await unlessDeleted(() => banditOf(job).executeUpdate(messages_1.tell, { updateId: `tell ${observation.id}`, args: [observation] }));
            return answer ?? { counted: false, quarantinedBecause: deleted(job).message, retry: false };
        },
        /** The failure stays the recurrence's own if there is no ledger to put it into. */
        async giveUp(job, slot) {
            await unlessDeleted(() => banditOf(job).executeUpdate(messages_1.giveUp, { args: [slot] }));
        },
    };
}
const banditOf = (job) => (0, activity_1.getClient)().workflow.getHandle((0, messages_1.banditId)(job));
/**
 * Starts the bandit if there is none. One that was retired must not come back to life for a recurrence that outlives its job, so a
 * bandit that ended in good order is begun anew only where the job was, too.
 */
async function askOrBegin(spec, request, workflowIdReusePolicy) {
    const input = { spec, since: [] };
    return (0, activity_1.getClient)().workflow.executeUpdateWithStart(messages_1.ask, {
        updateId: `ask ${request.id}`,
        args: [request],
        startWorkflowOperation: new client_1.WithStartWorkflowOperation(messages_1.banditWorkflow, {
            workflowId: (0, messages_1.banditId)(spec.job),
            taskQueue: (0, activity_1.activityInfo)().taskQueue,
            workflowIdConflictPolicy: 'USE_EXISTING',
            workflowIdReusePolicy,
            args: [input],
        }),
    });
}
async function isScheduled(job) {
    try {
        await (0, activity_1.getClient)().schedule.getHandle((0, messages_1.scheduleId)(job)).describe();
        return true;
    }
    catch (error) {
        if (error instanceof client_1.ScheduleNotFoundError)
            return false;
        throw error;
    }
}
function deleted(job) {
    return common_1.ApplicationFailure.nonRetryable(`Cannot reach job ${job}: it was deleted while its recurrence was under way.`, contracts_1.failureTypes.invalidRequest);
}
/** Undefined where the job has no bandit any more. */
async function unlessDeleted(call) {
    try {
        return await finalIfRefused(call);
    }
    catch (error) {
        if (error instanceof client_1.WorkflowNotFoundError)
            return undefined;
        throw error;
    }
}
/**
 * A refusal by the bandit is final; everything else is worth another try. A worker that shuts down does not wait for an answer
 * that it would have to give itself.
 */
async function finalIfRefused(call) {
    try {
        return await (0, activity_1.getClient)().withAbortSignal((0, activity_1.cancellationSignal)(), call);
    }
    catch (error) {
        if (!(error instanceof client_1.WorkflowUpdateFailedError))
            throw error;
        throw common_1.ApplicationFailure.nonRetryable((0, common_1.rootCause)(error), contracts_1.failureTypes.invalidMessage, error);
    }
}
//# sourceMappingURL=bandit.js.map