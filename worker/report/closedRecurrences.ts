/** Recurrences that may have run in a period, by Temporal's visibility. */
import type { Client } from '@temporalio/client';
import { recurrenceIdBase, recurrenceWorkflow } from '../../workflows/messages';
import type { Period } from './runs';

export interface Closed {
  readonly job: string;
  readonly slot: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly closedAt: string;
  readonly completed: boolean;
}

/** A namespace may have closed very many. */
const listMilliseconds = 120_000;

/** Latest first. Simulated runs close long after their time, so those whose slot lies in the period count as candidates, too. */
export async function findClosed(client: Client, period: Period, jobs: readonly string[]): Promise<readonly Closed[]> {
  const ofJobs = jobs.map((job) => `WorkflowId STARTS_WITH '${recurrenceIdBase(job)}-'`);
  const query = [
    `WorkflowType = '${recurrenceWorkflow}'`,
    "ExecutionStatus != 'Running'",
    `CloseTime >= '${period.fromAt}'`,
    ...(ofJobs.length === 0 ? [] : [`(${ofJobs.join(' OR ')})`]),
  ].join(' AND ');
  const found: Closed[] = [];
  await client.withDeadline(Date.now() + listMilliseconds, async () => {
    for await (const { workflowId, runId, closeTime, status } of client.workflow.list({ query })) {
      const [, job, slot] = /^wattbandit\/([^/]+)\/recurrence-([^/]+)$/.exec(workflowId) ?? [];
      if (job === undefined || slot === undefined || closeTime === undefined) continue;
      const closedAt = closeTime.toISOString();
      if (closedAt >= period.toAt && !(Date.parse(slot) < Date.parse(period.toAt))) continue;
      // What continued as new has its result in the run after it.
      if (status.name === 'CONTINUED_AS_NEW') continue;
      found.push({ job, slot, workflowId, runId, closedAt, completed: status.name === 'COMPLETED' });
    }
  });
  return found.toSorted((a, b) => b.closedAt.localeCompare(a.closedAt));
}
