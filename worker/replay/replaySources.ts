/** What can be replayed: histories in files or on the server, and exports. */
import { readFile } from 'node:fs/promises';
import type { Client } from '@temporalio/client';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { banditId, recurrenceIdBase, recurrenceWorkflow } from '../../workflows/messages';
import { WattbanditError } from '../errors';
import { jsonOf } from '../exportFormat';
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

/** All runs of a job's bandit, oldest first, and the latest of its recurrences. */
export async function* sourcesOfJob(client: Client, job: string, recurrences: number): AsyncIterable<ReplaySource> {
  const { runIds } = await findRuns(client, job);
  // Listed now, as a connection's patience is counted from its beginning.
  const runs = [
    ...runIds.map((runId) => ({ workflowId: banditId(job), runId })),
    ...(await latest(client, job, recurrences)),
  ];
  for (const { workflowId, runId } of runs)
    yield { kind: 'history', name: `${workflowId} ${runId}`, history: await historyOf(client, workflowId, runId) };
}

async function latest(client: Client, job: string, count: number) {
  const query = `WorkflowType = '${recurrenceWorkflow}' AND WorkflowId STARTS_WITH '${recurrenceIdBase(job)}-'`;
  const found: { readonly workflowId: string; readonly runId: string }[] = [];
  if (count === 0) return found;
  for await (const { workflowId, runId } of client.workflow.list({ query })) {
    found.push({ workflowId, runId });
    if (found.length === count) break;
  }
  return found;
}
