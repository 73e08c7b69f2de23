/** The runs of a bandit that Temporal still has: each is what continues as new. */
import { type Client, WorkflowNotFoundError, isGrpcServiceError } from '@temporalio/client';
import { banditId } from '../../workflows/messages';
import { type History, decoderOf, logOf } from './historyLog';
import type { LogEntry } from './log';

/** Each run of a bandit holds thousands of events: a safeguard against chains that never end. */
const mostRuns = 10_000;
/** Of one history, however long the command may take. */
const readMilliseconds = 60_000;

/** The logs of a bandit's runs, the latest first. */
export async function* latestLogs(client: Client, job: string): AsyncIterable<readonly LogEntry[]> {
  const decode = decoderOf(client.options.loadedDataConverter);
  let runId: string | undefined;
  for (let run = 0; run < mostRuns; run++) {
    const read = () => historyOf(client, banditId(job), runId);
    // Whether there is such a job is for the caller to know; of a job, older histories may be gone.
    const history = await (runId === undefined ? read() : unlessGone(read));
    if (history === gone) return;
    yield await logOf(history, decode);
    runId = continuedFrom(history);
    if (runId === undefined) return;
  }
}

/** Of a job's latest runs one log, with so many decisions at least if Temporal still has them. */
export async function latestLog(client: Client, job: string, decisions: number): Promise<readonly LogEntry[]> {
  let joined: readonly LogEntry[] = [];
  for await (const entries of latestLogs(client, job)) {
    // What a run continues with is what the one before it ended with.
    joined = [...entries, ...joined.filter(({ type }) => type !== 'begun')];
    if (joined.filter(({ type }) => type === 'decision').length >= decisions) break;
  }
  return joined;
}

export interface BanditRuns {
  /** Oldest first. */
  readonly runIds: readonly string[];
  /** The run before the oldest one, whose history is gone. */
  readonly missing: string | undefined;
}

/** @throws WorkflowNotFoundError if Temporal knows nothing of the job */
export async function findRuns(client: Client, job: string): Promise<BanditRuns> {
  const { runId: latest } = await client.workflow.getHandle(banditId(job)).describe();
  const runIds = [latest];
  for (let before = await runBefore(client, job, latest); before !== undefined;) {
    const earlier: string | undefined = before;
    const known = await unlessGone(() => runBefore(client, job, earlier));
    if (known === gone) return { runIds, missing: earlier };
    runIds.unshift(earlier);
    before = known;
  }
  return { runIds, missing: undefined };
}

export async function historyOf(client: Client, workflowId: string, runId?: string): Promise<History> {
  const read = () => client.workflow.getHandle(workflowId, runId).fetchHistory();
  return client.withDeadline(Date.now() + readMilliseconds, read);
}

/** Its first event says. */
async function runBefore(client: Client, job: string, runId: string): Promise<string | undefined> {
  const { history } = await client.workflowService.getWorkflowExecutionHistory({
    namespace: client.options.namespace,
    execution: { workflowId: banditId(job), runId },
    maximumPageSize: 1,
  });
  return continuedFrom(history ?? {});
}

function continuedFrom({ events }: History): string | undefined {
  return events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;
}

const gone = Symbol('gone');
const grpcNotFound: unknown = 5;

/** Retention may end at any moment. */
async function unlessGone<T>(call: () => Promise<T>): Promise<T | typeof gone> {
  try {
    return await call();
  } catch (error) {
    if (isGone(error)) return gone;
    throw error;
  }
}

export function isGone(error: unknown): boolean {
  return error instanceof WorkflowNotFoundError || (isGrpcServiceError(error) && error.code === grpcNotFound);
}
