/** The jobs there are, by their Schedules. */
import type { Client } from '@temporalio/client';
import { scheduleId, slotAt } from '../../workflows/messages';

export interface JobSummary {
  readonly job: string;
  readonly paused: boolean;
  readonly note?: string;
  readonly nextSlotAt?: string;
  readonly lastSlotAt?: string;
}

export async function listJobs(client: Client): Promise<readonly JobSummary[]> {
  const jobs: JobSummary[] = [];
  for await (const summary of client.schedule.list()) {
    const job = summary.memo?.['job'];
    if (typeof job !== 'string' || scheduleId(job) !== summary.scheduleId) continue;
    jobs.push({
      job,
      paused: summary.state.paused,
      note: summary.state.note,
      nextSlotAt: named(summary.info.nextActionTimes[0]),
      lastSlotAt: named(summary.info.recentActions.at(-1)?.scheduledAt),
    });
  }
  return jobs.toSorted((a, b) => a.job.localeCompare(b.job));
}

function named(at: Date | undefined): string | undefined {
  return at === undefined ? undefined : slotAt(at);
}
