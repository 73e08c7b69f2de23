/** Ask and tell for a recurrence: messages to the bandit of its job, which is started by the first ask if need be. */
import { activityInfo, cancellationSignal, getClient } from '@temporalio/activity';
import { WithStartWorkflowOperation, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Observation } from '../policy/facts';
import type { Decision } from '../policy/policy';
import { type JobSpec, failureTypes } from '../workflows/contracts';
import {
  type AskRequest,
  type BanditInput,
  type TellAnswer,
  ask as askUpdate,
  banditId,
  banditWorkflow,
  tell as tellUpdate,
} from '../workflows/messages';

export function createBanditActivities() {
  return {
    /** The update's id is the ask's, so a retried ask gets the same answer. */
    async ask(spec: JobSpec, request: AskRequest): Promise<Decision> {
      const input: BanditInput = { spec, since: [] };
      return finalIfRefused(() =>
        getClient().workflow.executeUpdateWithStart(askUpdate, {
          updateId: `ask ${request.id}`,
          args: [request],
          startWorkflowOperation: new WithStartWorkflowOperation(banditWorkflow, {
            workflowId: banditId(spec.job),
            taskQueue: activityInfo().taskQueue,
            workflowIdConflictPolicy: 'USE_EXISTING',
            args: [input],
          }),
        }),
      );
    },

    /** A job that was deleted in between has nobody left to tell; the observation stays the recurrence's result. */
    async tell(job: string, observation: Observation): Promise<TellAnswer> {
      try {
        return await finalIfRefused(() =>
          getClient()
            .workflow.getHandle(banditId(job))
            .executeUpdate(tellUpdate, { updateId: `tell ${observation.id}`, args: [observation] }),
        );
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
        return {
          counted: false,
          quarantinedBecause: `job ${job} was deleted while the run was under way`,
          retry: false,
        };
      }
    },
  };
}

export type BanditActivities = ReturnType<typeof createBanditActivities>;

/**
 * A refusal by the bandit is final; everything else is worth another try. A worker that shuts down does not wait for an answer
 * that it would have to give itself.
 */
async function finalIfRefused<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await getClient().withAbortSignal(cancellationSignal(), call);
  } catch (error) {
    if (!(error instanceof WorkflowUpdateFailedError)) throw error;
    throw ApplicationFailure.nonRetryable(error.cause?.message ?? error.message, failureTypes.invalidMessage, error);
  }
}
