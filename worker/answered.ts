/** What a bandit answers to an update, or an error that a caller can act on. */
import { WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import { ApplicationFailure, rootCause } from '@temporalio/common';
import { failureTypes } from '../workflows/contracts';
import { type Remedy, WattbanditError } from './errors';

const silence =
  'Cannot tell whether it took effect: no worker answered in time. It still may, should one come soon; ' +
  '`wattbandit doctor` tells whether one is there.';

/** @throws WattbanditError */
export async function answered<T>(update: () => Promise<T>): Promise<T> {
  try {
    return await update();
  } catch (error) {
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)
      throw new WattbanditError('unavailable', silence, { cause: error });
    if (!(error instanceof WorkflowUpdateFailedError)) throw error;
    throw new WattbanditError(remedyFor(error.cause), rootCause(error.cause) ?? error.message, { cause: error });
  }
}

const remedies: Readonly<Record<string, Remedy>> = {
  [failureTypes.overrideRefused]: 'notAllowed',
  [failureTypes.unknownOverride]: 'notFound',
  [failureTypes.unknownRun]: 'notFound',
  /** Temporal's own word, for a workflow that ended before it had answered. */
  AcceptedUpdateCompletedWorkflow: 'unavailable',
};

function remedyFor(failure: Error | undefined): Remedy {
  const type = failure instanceof ApplicationFailure ? failure.type : undefined;
  return remedies[type ?? ''] ?? 'invalid';
}
