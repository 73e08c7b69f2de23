/** What can be replayed: histories in files or on the server, and exports. */
import { readFile } from 'node:fs/promises';
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { jsonOf } from '../../activities/json';
import {
  banditId,
  carbonTimerWorkflow,
  recurrenceIdBase,
  recurrenceWorkflow,
  runOfTimer,
} from '../../workflows/messages';
import { WattbanditError } from '../errors';
import { messageOf } from '../import/input';
import { findRuns, historyOf } from './banditRuns';
import type { History } from './historyLog';
import type { LogEntry } from './log';
import { parseLog } from './logFile';

export type ReplaySource =
  | { readonly kind: 'history'; readonly name: string; readonly history: History }
  | { readonly kind: 'log'; readonly name: string; readonly entries: readonly LogEntry[] };

export async function* readReplaySources(files: readonly string[]): AsyncIterable<ReplaySource> {
  for (const file of files) yield await readReplaySource(file);
}

/** Histories as `temporal workflow show -o json` and Temporal's UI write them; exports as `job export` does. @throws WattbanditError */
async function readReplaySource(file: string): Promise<ReplaySource> {
  try {
    const text = await readFile(file, 'utf8');
    const json = jsonOf(text);
    if (isHistory(json)) return { kind: 'history', name: file, history: historyFromJSON(json) };
    return { kind: 'log', name: file, entries: parseLog(text).entries };
  } catch (error) {
    const why = messageOf(error);
    throw new WattbanditError('invalid', `Cannot replay ${file}: it is neither a history nor an export; ${why}.`, {
      cause: error,
    });
  }
}

function isHistory(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'events' in json && Array.isArray(json.events);
}

/** All runs of a job's bandit, oldest first, and the latest of its recurrences with their carbon timers. */
export async function* sourcesOfJob(client: Client, job: string, recurrences: number): AsyncIterable<ReplaySource> {
  const { runIds } = await findRuns(client, job);
  const latest = await latestRecurrences(client, job, recurrences);
  // Listed now, as a connection's patience is counted from its beginning.
  const runs = [
    ...runIds.map((runId) => ({ workflowId: banditId(job), runId })),
    ...latest,
    ...(await timersOf(client, job, latest)),
  ];
  for (const { workflowId, runId } of runs)
    yield { kind: 'history', name: `${workflowId} ${runId}`, history: await historyOf(client, workflowId, runId) };
}

const queryFor = (workflow: string, job: string) =>
  `WorkflowType = '${workflow}' AND WorkflowId STARTS_WITH '${recurrenceIdBase(job)}-'`;

async function latestRecurrences(
  client: Client,
  job: string,
  count: number,
): Promise<readonly WorkflowExecutionInfo[]> {
  const found: WorkflowExecutionInfo[] = [];
  if (count === 0) return found;
  for await (const recurrence of client.workflow.list({ query: queryFor(recurrenceWorkflow, job) })) {
    found.push(recurrence);
    if (found.length === count) break;
  }
  return found;
}

/** A timer begins after its recurrence. */
async function timersOf(client: Client, job: string, recurrences: readonly WorkflowExecutionInfo[]) {
  const found: WorkflowExecutionInfo[] = [];
  if (recurrences.length === 0) return found;
  const ids = new Set(recurrences.map(({ workflowId }) => workflowId));
  const firstAt = new Date(Math.min(...recurrences.map(({ startTime }) => startTime.getTime()))).toISOString();
  const query = `${queryFor(carbonTimerWorkflow, job)} AND StartTime >= '${firstAt}'`;
  for await (const timer of client.workflow.list({ query }))
    if (ids.has(runOfTimer(timer.workflowId)?.recurrence ?? '')) found.push(timer);
  return found;
}
