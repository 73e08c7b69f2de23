/** What a program outside the worker does with jobs: create, schedule, trigger, inspect, delete. */
import {
  type Client,
  type ScheduleDescription,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  WorkflowNotFoundError,
  type WorkflowHandle,
} from '@temporalio/client';
import type { JobSpec } from '../workflows/contracts';
import {
  type BanditInput,
  type Facts,
  type Ledger,
  type RecurrenceInput,
  banditId,
  banditWorkflow,
  facts,
  ledger,
  recurrenceId,
  recurrenceIdBase,
  recurrenceWorkflow,
  retire,
  scheduleId,
  slotAt,
} from '../workflows/messages';
import { withExpired } from '../workflows/ledger';
import { WattbanditError } from './errors';

/** The task queue of workers that say nothing else. */
export const defaultTaskQueue = 'wattbandit';

export interface JobSummary {
  readonly job: string;
  readonly paused: boolean;
  readonly note?: string;
  readonly nextSlotAt?: string;
  readonly lastSlotAt?: string;
}

export interface JobClientOptions {
  readonly taskQueue?: string;
}

const overlaps = {
  skip: ScheduleOverlapPolicy.SKIP,
  bufferOne: ScheduleOverlapPolicy.BUFFER_ONE,
  bufferAll: ScheduleOverlapPolicy.BUFFER_ALL,
  cancelOther: ScheduleOverlapPolicy.CANCEL_OTHER,
  terminateOther: ScheduleOverlapPolicy.TERMINATE_OTHER,
  allowAll: ScheduleOverlapPolicy.ALLOW_ALL,
} as const;

export class JobClient {
  private readonly taskQueue: string;

  constructor(
    private readonly client: Client,
    options: JobClientOptions = {},
  ) {
    this.taskQueue = options.taskQueue ?? defaultTaskQueue;
  }

  /**
   * Starts the job's bandit and its Schedule. Creating the same job again changes nothing.
   * @throws WattbanditError `conflict` if the job exists with another specification
   */
  async create(spec: JobSpec, options: { readonly paused?: boolean } = {}): Promise<'created' | 'unchanged'> {
    const existing = await this.scheduleOf(spec.job);
    if (existing !== undefined) {
      if (JSON.stringify(existing.memo?.['spec']) === JSON.stringify(spec)) return 'unchanged';
      throw new WattbanditError(
        'conflict',
        `Cannot create job ${spec.job}: it exists with another specification; delete it first or choose another name.`,
      );
    }
    await this.startBandit(spec);
    await this.createSchedule(spec, options.paused ?? false);
    return 'created';
  }

  async list(): Promise<readonly JobSummary[]> {
    const jobs: JobSummary[] = [];
    for await (const summary of this.client.schedule.list()) {
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

  /** @throws WattbanditError `notFound` */
  async describe(job: string): Promise<ScheduleDescription> {
    const description = await this.scheduleOf(job);
    if (description === undefined) throw unknownJob(job);
    return description;
  }

  async facts(job: string): Promise<Facts> {
    return this.orUnknown(job, () => this.bandit(job).query(facts));
  }

  /** The bandit notices an expired lease when it is next asked; here it shows at once. */
  async ledger(job: string): Promise<Ledger> {
    const recorded = await this.orUnknown(job, () => this.bandit(job).query(ledger));
    return withExpired(recorded, new Date().toISOString());
  }

  /** Starts one recurrence now, through the Schedule, so that its overlap rule holds. */
  async trigger(job: string): Promise<void> {
    await this.orUnknown(job, () => this.schedule(job).trigger());
  }

  /** Runs every slot in (`from`, `to`], one after the other. */
  async backfill(job: string, from: Date, to: Date): Promise<void> {
    await this.orUnknown(job, () =>
      this.schedule(job).backfill({ start: from, end: to, overlap: ScheduleOverlapPolicy.BUFFER_ALL }),
    );
  }

  async pause(job: string, note: string): Promise<void> {
    await this.orUnknown(job, () => this.schedule(job).pause(note));
  }

  async resume(job: string, note: string): Promise<void> {
    await this.orUnknown(job, () => this.schedule(job).unpause(note));
  }

  /** Ends the Schedule and the bandit; runs under way finish, and histories stay until the namespace's retention ends. */
  async delete(job: string): Promise<void> {
    await this.orUnknown(job, () => this.schedule(job).delete());
    try {
      await this.bandit(job).signal(retire);
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  }

  /** Starts the recurrence of one slot without the Schedule; starting it twice is harmless. */
  async startRecurrence(spec: JobSpec, at: Date): Promise<WorkflowHandle> {
    const slot = slotAt(at);
    const input: RecurrenceInput = { spec, slot };
    return this.client.workflow.start(recurrenceWorkflow, {
      workflowId: recurrenceId(spec.job, slot),
      taskQueue: this.taskQueue,
      workflowIdConflictPolicy: 'USE_EXISTING',
      args: [input],
    });
  }

  private async startBandit(spec: JobSpec): Promise<void> {
    const input: BanditInput = { spec, since: [] };
    await this.client.workflow.start(banditWorkflow, {
      workflowId: banditId(spec.job),
      taskQueue: this.taskQueue,
      workflowIdConflictPolicy: 'USE_EXISTING',
      args: [input],
    });
  }

  private async createSchedule(spec: JobSpec, paused: boolean): Promise<void> {
    const input: RecurrenceInput = { spec };
    const { every, offset, cron, timeZone, overlap, catchupWindow, jitter } = spec.schedule;
    try {
      await this.client.schedule.create({
        scheduleId: scheduleId(spec.job),
        memo: { job: spec.job, spec },
        spec: {
          ...(cron === undefined ? {} : { cronExpressions: [cron] }),
          ...(every === undefined ? {} : { intervals: [{ every: every * 1000, offset: offset * 1000 }] }),
          timezone: timeZone,
          jitter: jitter * 1000,
        },
        action: {
          type: 'startWorkflow',
          workflowType: recurrenceWorkflow,
          workflowId: recurrenceIdBase(spec.job),
          taskQueue: this.taskQueue,
          args: [input],
        },
        policies: { overlap: overlaps[overlap], catchupWindow: catchupWindow * 1000 },
        state: { paused },
      });
    } catch (error) {
      if (error instanceof ScheduleAlreadyRunning) return;
      await this.bandit(spec.job).signal(retire);
      throw error;
    }
  }

  private schedule(job: string) {
    return this.client.schedule.getHandle(scheduleId(job));
  }

  private bandit(job: string): WorkflowHandle {
    return this.client.workflow.getHandle(banditId(job));
  }

  private async scheduleOf(job: string): Promise<ScheduleDescription | undefined> {
    try {
      return await this.schedule(job).describe();
    } catch (error) {
      if (error instanceof ScheduleNotFoundError) return undefined;
      throw error;
    }
  }

  private async orUnknown<T>(job: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (error instanceof ScheduleNotFoundError || error instanceof WorkflowNotFoundError) throw unknownJob(job);
      throw error;
    }
  }
}

function named(at: Date | undefined): string | undefined {
  return at === undefined ? undefined : slotAt(at);
}

function unknownJob(job: string): WattbanditError {
  return new WattbanditError('notFound', `Cannot find job ${job}; \`wattbandit job list\` shows the jobs there are.`);
}
