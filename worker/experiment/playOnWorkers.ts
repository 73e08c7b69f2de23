/** A sweep as a workflow: begun, or joined where it is under way or done already; then its rows. */
import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowFailedError } from '@temporalio/client';
import { rootCause } from '@temporalio/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Row } from '../../simulation/sweep';
import {
  type ExperimentInput,
  type ExperimentSummary,
  experimentPartId,
  experimentWorkflow,
  partsOf,
} from '../../workflows/experimentMessages';
import { experimentsQueue } from '../../workflows/taskQueues';
import { WattbanditError } from '../errors';
import type { OnProgress } from './playHere';
import { progressOf } from './progress';

const lookEveryMs = 1000;
/** A worker that is busy answers late, and one that is not there never. */
const answerMs = 15_000;

/** @throws WattbanditError `unavailable` if the experiment failed or was cancelled; running it again goes on after its last whole part */
export async function playOnWorkers(
  client: Client,
  input: ExperimentInput,
  options: { readonly taskQueue: string; readonly onProgress?: OnProgress },
): Promise<readonly Row[]> {
  await begin(client, input, options.taskQueue);
  const ending = new AbortController();
  const watching = watch(client, input, options.onProgress ?? (() => {}), ending.signal);
  try {
    await resultOf<ExperimentSummary>(client, input.id);
  } finally {
    ending.abort();
    await watching;
  }
  const rows: Row[] = [];
  for (const part of partsOf(input).keys())
    rows.push(...(await resultOf<readonly Row[]>(client, experimentPartId(input.id, part))));
  return rows;
}

export async function cancelExperiment(client: Client, id: string): Promise<void> {
  await client.workflow.getHandle(id).cancel();
}

async function begin(client: Client, input: ExperimentInput, taskQueue: string): Promise<void> {
  try {
    await client.workflow.start(experimentWorkflow, {
      workflowId: input.id,
      taskQueue: experimentsQueue(taskQueue),
      args: [input],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
  } catch (error) {
    // Done already: its rows are there.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

async function resultOf<T>(client: Client, workflowId: string): Promise<T> {
  try {
    return await client.workflow.result<() => Promise<T>>(workflowId);
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    const reason = rootCause(error.cause) ?? error.message;
    throw new WattbanditError('unavailable', `Cannot finish ${workflowId}: ${reason}; run it again to go on.`, {
      cause: error,
    });
  }
}

async function watch(
  client: Client,
  input: ExperimentInput,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const done = await progressOf(client, input, (question) => asked(client, signal, question));
    if (done !== undefined && !signal.aborted) onProgress(done);
    await sleep(lookEveryMs, undefined, { signal }).catch(() => {});
  }
}

async function asked<T>(client: Client, signal: AbortSignal, question: () => Promise<T>): Promise<T | undefined> {
  const { connection } = client;
  try {
    return await connection.withAbortSignal(signal, () => connection.withDeadline(Date.now() + answerMs, question));
  } catch {
    // Progress is not worth a failure.
    return undefined;
  }
}
