/** The histories that an audit of a job reads: its bandits', run by run, and its recurrences', as far as Temporal still has them. */
import { type Client, WorkflowNotFoundError, isGrpcServiceError } from '@temporalio/client';
import { banditId, banditWorkflow, recurrenceIdBase, recurrenceWorkflow } from '../../workflows/messages';
import type { Run } from './entry';
import { type Happening, happeningsIn } from './happenings';
import { payloadReader } from './payloads';

export interface RunHistory extends Run {
  readonly happenings: readonly Happening[];
}

/** A namespace may hold very many. */
const listMilliseconds = 120_000;
/** Of one history. */
const readMilliseconds = 60_000;

export async function readHistories(
  client: Client,
  job: string,
  onProgress: (done: number, total: number) => void,
): Promise<readonly RunHistory[]> {
  const listed = await client.withDeadline(Date.now() + listMilliseconds, () => listRuns(client, job));
  const histories: RunHistory[] = [];
  for (const run of listed) {
    const history = await readHistory(client, run);
    if (history !== undefined) histories.push(history);
    onProgress(histories.length, listed.length);
  }
  return [...histories, ...(await unlistedBefore(client, histories, banditId(job)))];
}

/** Visibility may lag behind, so the bandit's latest run is asked for by itself. */
async function listRuns(client: Client, job: string): Promise<readonly Run[]> {
  const bandit = `WorkflowType = '${banditWorkflow}' AND WorkflowId = '${banditId(job)}'`;
  const recurrences = `WorkflowType = '${recurrenceWorkflow}' AND WorkflowId STARTS_WITH '${recurrenceIdBase(job)}-'`;
  const runs = new Map<string, Run>();
  for await (const { workflowId, runId } of client.workflow.list({ query: `(${bandit}) OR (${recurrences})` }))
    runs.set(runId, { workflowId, runId });
  const latest = await unlessGone(() => client.workflow.getHandle(banditId(job)).describe());
  if (latest !== undefined) runs.set(latest.runId, { workflowId: latest.workflowId, runId: latest.runId });
  return [...runs.values()].toSorted((a, b) => (a.runId < b.runId ? -1 : 1));
}

async function unlistedBefore(
  client: Client,
  histories: readonly RunHistory[],
  workflowId: string,
): Promise<readonly RunHistory[]> {
  const known = new Set(histories.map(({ runId }) => runId));
  const found: RunHistory[] = [];
  for (const history of histories.filter((each) => each.workflowId === workflowId)) {
    let before = predecessorOf(history);
    while (before !== undefined && !known.has(before)) {
      known.add(before);
      const earlier = await readHistory(client, { workflowId, runId: before });
      if (earlier !== undefined) found.push(earlier);
      before = earlier && predecessorOf(earlier);
    }
  }
  return found;
}

/** The run that this one continued. */
export function predecessorOf({ happenings: [first] }: RunHistory): string | undefined {
  return first?.kind === 'started' && first.continuedFrom !== '' ? first.continuedFrom : undefined;
}

async function readHistory(client: Client, { workflowId, runId }: Run): Promise<RunHistory | undefined> {
  const read = () => client.workflow.getHandle(workflowId, runId).fetchHistory();
  const history = await unlessGone(() => client.withDeadline(Date.now() + readMilliseconds, read));
  return history && { workflowId, runId, happenings: await happeningsIn(history, payloadReader(client)) };
}

/** Retention may end at any moment. */
async function unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || isNotFound(error)) return undefined;
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return isGrpcServiceError(error) && error.code === grpcNotFound;
}

const grpcNotFound: unknown = 5;
