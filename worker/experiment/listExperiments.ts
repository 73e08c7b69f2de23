/** The experiments that a server knows: their state and progress, read from visibility, their first event and their queries. */
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { type ExperimentInput, experimentIdBase, experimentWorkflow } from '../../workflows/experimentMessages';
import { isGone } from '../replay/banditRuns';
import { decoderOf } from '../replay/historyLog';
import { progressOf } from './progress';

export interface ListedExperiment {
  /** The name in its sweep file, and the id of its workflow, which `temporal workflow` takes. */
  readonly name: string;
  readonly id: string;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  /** Null: nobody answered, or its history is gone. */
  readonly cellsDone: number | null;
  readonly cells: number | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** Of wattbandit, that it is played with; a worker of another one refuses. */
  readonly version: string | null;
}

/** A worker that simulates answers late, and one that is not there never. */
const answerMs = 10_000;

/** The latest run of each, newest first. */
export async function listExperiments(client: Client): Promise<readonly ListedExperiment[]> {
  const query = `WorkflowType = '${experimentWorkflow}' AND WorkflowId STARTS_WITH '${experimentIdBase}'`;
  const runs = new Map<string, WorkflowExecutionInfo[]>();
  for await (const run of client.workflow.list({ query }))
    runs.set(run.workflowId, [...(runs.get(run.workflowId) ?? []), run]);
  const listed = await Promise.all([...runs.values()].map((ofOne) => listedFrom(client, ofOne)));
  return listed.flatMap((one) => one ?? []).toSorted((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
}

async function listedFrom(client: Client, runs: readonly WorkflowExecutionInfo[]) {
  const [latest, ...before] = runs.toSorted((a, b) => b.startTime.getTime() - a.startTime.getTime());
  if (latest === undefined) return undefined;
  const ended = before.findIndex(({ status }) => status.name !== 'CONTINUED_AS_NEW');
  const began = before.slice(0, ended === -1 ? undefined : ended).at(-1) ?? latest;
  const state = states[latest.status.name] ?? 'failed';
  const input = await inputOf(client, latest);
  return {
    name: input?.sweep.name ?? latest.workflowId.slice(experimentIdBase.length),
    id: latest.workflowId,
    state,
    cellsDone: input === undefined ? null : await doneOf(client, input, state),
    cells: input?.cells ?? null,
    startedAt: began.startTime.toISOString(),
    endedAt: latest.closeTime?.toISOString() ?? null,
    version: input?.provenance.wattbandit ?? null,
  };
}

/** All others are failures. */
const states: Readonly<Record<string, ListedExperiment['state']>> = {
  RUNNING: 'running',
  PAUSED: 'running',
  CONTINUED_AS_NEW: 'running',
  COMPLETED: 'done',
  CANCELLED: 'cancelled',
};

async function doneOf(client: Client, input: ExperimentInput, state: ListedExperiment['state']) {
  if (state === 'done') return input.cells;
  const ask = <T>(question: () => Promise<T>) =>
    client.withDeadline(Date.now() + answerMs, question).catch(() => undefined);
  return (await progressOf(client, input, ask)) ?? null;
}

/** Its first event says; undefined once that is gone. */
async function inputOf(client: Client, { workflowId, runId }: WorkflowExecutionInfo) {
  const { history } = await client.workflowService
    .getWorkflowExecutionHistory({
      namespace: client.options.namespace,
      execution: { workflowId, runId },
      maximumPageSize: 1,
    })
    .catch((error: unknown) => {
      if (isGone(error)) return { history: null };
      throw error;
    });
  const payload = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
  return decoderOf(client.options.loadedDataConverter)<ExperimentInput>(payload);
}
