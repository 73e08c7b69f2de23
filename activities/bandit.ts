/** Ask and tell for a recurrence: messages to the bandit of its job, which is started by the first ask if need be. */
import { activityInfo, cancellationSignal, getClient } from '@temporalio/activity';
import {
  ScheduleNotFoundError,
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure, rootCause } from '@temporalio/common';
import type { Observation } from '../policy/facts';
import type { Decision } from '../policy/policy';
import { type JobSpec, failureTypes } from '../workflows/contracts';
import {
  type AskRequest,
  type BanditInput,
  type GiveUp,
  type TellAnswer,
  ask as askUpdate,
  banditId,
  banditWorkflow,
  giveUp as giveUpUpdate,
  scheduleId,
  tell as tellUpdate,
} from '../workflows/messages';

export function createBanditActivities() {
  return {
    /** The update's id is the ask's, so a retried ask gets the same answer. */
    async ask(spec: JobSpec, request: AskRequest): Promise<Decision> {
      return finalIfRefused(async () => {
        try {
          return await askOrBegin(spec, request, 'ALLOW_DUPLICATE_FAILED_ONLY');
        } catch (error) {
          if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
          if (!(await isScheduled(spec.job))) throw deleted(spec.job);
          return askOrBegin(spec, request, 'ALLOW_DUPLICATE');
        }
      });
    },

    /** A job that was deleted in between has nobody left to tell; the observation stays the recurrence's result. */
    async tell(job: string, observation: Observation): Promise<TellAnswer> {
      const answer = await unlessDeleted(() =>
        banditOf(job).executeUpdate(tellUpdate, { updateId: `tell ${observation.id}`, args: [observation] }),
      );
      return answer ?? { counted: false, quarantinedBecause: deleted(job).message, retry: false };
    },

    /** The failure stays the recurrence's own if there is no ledger to put it into. */
    async giveUp(job: string, slot: GiveUp): Promise<void> {
      await unlessDeleted(() => banditOf(job).executeUpdate(giveUpUpdate, { args: [slot] }));
    },
  };
}

export type BanditActivities = ReturnType<typeof createBanditActivities>;

const banditOf = (job: string) => getClient().workflow.getHandle(banditId(job));

/**
 * Starts the bandit if there is none. One that was retired must not come back to life for a recurrence that outlives its job, so a
 * bandit that ended in good order is begun anew only where the job was, too.
 */
async function askOrBegin(
  spec: JobSpec,
  request: AskRequest,
  workflowIdReusePolicy: 'ALLOW_DUPLICATE' | 'ALLOW_DUPLICATE_FAILED_ONLY',
): Promise<Decision> {
  const input: BanditInput = { spec, since: [] };
  return getClient().workflow.executeUpdateWithStart(askUpdate, {
    updateId: `ask ${request.id}`,
    args: [request],
    startWorkflowOperation: new WithStartWorkflowOperation(banditWorkflow, {
      workflowId: banditId(spec.job),
      taskQueue: activityInfo().taskQueue,
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy,
      args: [input],
    }),
  });
}

async function isScheduled(job: string): Promise<boolean> {
  try {
    await getClient().schedule.getHandle(scheduleId(job)).describe();
    return true;
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return false;
    throw error;
  }
}

function deleted(job: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(
    `Cannot reach job ${job}: it was deleted while its recurrence was under way.`,
    failureTypes.invalidRequest,
  );
}

/** Undefined where the job has no bandit any more. */
async function unlessDeleted<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await finalIfRefused(call);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

/**
 * A refusal by the bandit is final; everything else is worth another try. A worker that shuts down does not wait for an answer
 * that it would have to give itself.
 */
async function finalIfRefused<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await getClient().withAbortSignal(cancellationSignal(), call);
  } catch (error) {
    if (!(error instanceof WorkflowUpdateFailedError)) throw error;
    throw ApplicationFailure.nonRetryable(rootCause(error), failureTypes.invalidMessage, error);
  }
}
