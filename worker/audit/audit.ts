/** The audit of a job out of Temporal's histories: entries in the order of time, and how far each history was read. */
import type { Client } from '@temporalio/client';
import { banditId } from '../../workflows/messages';
import { banditEntries } from './banditEntries';
import type { AuditEntry, Told } from './entry';
import { type RunHistory, predecessorOf, readHistories } from './histories';
import { recurrenceEntries } from './recurrenceEntries';

/** Run ids, and the last event of each that an audit has told. */
export type ReadTo = Readonly<Record<string, number>>;

export interface Audit {
  /** False of a job that Temporal knows nothing of. */
  readonly found: boolean;
  readonly entries: readonly AuditEntry[];
  readonly readTo: ReadTo;
  /** Runs of the bandit whose history went before an audit read it: what they did is not told. */
  readonly missing: readonly string[];
}

export interface AuditOptions {
  /** Of an earlier audit, whose entries are not told again. */
  readonly readTo?: ReadTo;
  readonly onProgress?: (done: number, total: number) => void;
}

export async function auditOf(client: Client, job: string, options: AuditOptions = {}): Promise<Audit> {
  const { readTo: before = {}, onProgress = () => {} } = options;
  const histories = await readHistories(client, job, onProgress);
  const told = histories.map((history) => ({ history, ...toldBy(history, banditId(job)) }));
  const entries = told.flatMap((each) =>
    each.entries.filter(({ source }) => source.eventId > (before[source.runId] ?? 0)),
  );
  return {
    found: histories.length > 0,
    entries: entries.toSorted(byTime),
    readTo: Object.fromEntries(told.map(({ history, settledTo }) => [history.runId, settledTo])),
    missing: missingBefore(histories, before),
  };
}

function toldBy({ happenings, ...run }: RunHistory, bandit: string): Told {
  return run.workflowId === bandit ? banditEntries(run, happenings) : recurrenceEntries(run, happenings);
}

function missingBefore(histories: readonly RunHistory[], before: ReadTo): readonly string[] {
  const known = new Set([...histories.map(({ runId }) => runId), ...Object.keys(before)]);
  return histories.flatMap((history) => {
    const earlier = predecessorOf(history);
    const isToldNow = before[history.runId] === undefined;
    return earlier !== undefined && isToldNow && !known.has(earlier) ? [earlier] : [];
  });
}

function byTime(a: AuditEntry, b: AuditEntry): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  if (a.source.runId !== b.source.runId) return a.source.runId < b.source.runId ? -1 : 1;
  return a.source.eventId - b.source.eventId;
}
