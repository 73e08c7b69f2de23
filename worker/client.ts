/** What a program outside the worker does with jobs: create, schedule, trigger, inspect, delete. */
import type { Client, ScheduleDescription, WorkflowHandle } from '@temporalio/client';
import type { Observation } from '../policy/facts';
import type { JobSpec } from '../workflows/contracts';
import {
  type BanditInput,
  type ClearRequest,
  type Facts,
  type ImportAnswer,
  type Ledger,
  type OrderBook,
  type OverrideAnswer,
  type OverrideRequest,
  type RecurrenceInput,
  recurrenceId,
  recurrenceWorkflow,
  slotAt,
} from '../workflows/messages';
import { WattbanditError } from './errors';
import { JobBandit } from './jobs/jobBandit';
import { type JobSummary, listJobs } from './jobs/jobList';
import { JobSchedule } from './jobs/jobSchedule';
import { requireSame } from './jobs/sameSpec';
import { Starts } from './jobs/starts';
import { unknownJob } from './jobs/unknownJob';
import type { RecalledDecide } from './replay/recalledDecide';

export type { JobSummary } from './jobs/jobList';

/** The task queue of workers that say nothing else. */
export const defaultTaskQueue = 'wattbandit';

export interface JobClientOptions {
  readonly taskQueue?: string;
}

export class JobClient {
  private readonly starts: Starts;

  constructor(
    private readonly client: Client,
    options: JobClientOptions = {},
  ) {
    this.starts = new Starts(client, options.taskQueue ?? defaultTaskQueue);
  }

  /**
   * Starts the job's bandit and its Schedule, or neither. Creating the same job again changes nothing, but that its recurrences set
   * search attributes if there are any by now.
   * @throws WattbanditError `conflict` if the job exists with another specification, `invalid` if Temporal refuses its schedule
   */
  async create(
    spec: JobSpec,
    options: { readonly paused?: boolean; readonly note?: string } = {},
  ): Promise<'created' | 'unchanged'> {
    const existing = await this.schedule(spec.job).find();
    if (existing !== undefined) requireSame(spec, existing.memo?.['spec']);
    const started = await this.bandit(spec.job).start({ spec, since: [] }, this.starts);
    if (existing !== undefined) {
      await this.schedule(spec.job).beSearched(existing, this.starts);
      return 'unchanged';
    }
    // Runs that no Schedule started may have taught a bandit already.
    if (!started) requireSame(spec, (await this.facts(spec.job)).spec);
    try {
      await this.schedule(spec.job).create(spec, { paused: options.paused ?? false, note: options.note }, this.starts);
      return 'created';
    } catch (error) {
      if (started) await this.bandit(spec.job).terminate('its Schedule could not be created');
      throw error;
    }
  }

  /**
   * Creates a job that begins with what it knew elsewhere. Nothing that is there is ever overwritten.
   * @throws WattbanditError `conflict` if there is a job of this name
   */
  async restore(input: BanditInput, options: { readonly paused?: boolean } = {}): Promise<void> {
    const { spec } = input;
    const isFree = !(await this.exists(spec.job)) && (await this.bandit(spec.job).start(input, this.starts));
    if (!isFree) throw cannotRestore(spec.job);
    try {
      await this.schedule(spec.job).create(spec, { paused: options.paused ?? false, note: undefined }, this.starts);
    } catch (error) {
      await this.bandit(spec.job).terminate('its Schedule could not be created');
      throw error;
    }
  }

  async list(): Promise<readonly JobSummary[]> {
    return listJobs(this.client);
  }

  /** @throws WattbanditError `notFound` */
  async describe(job: string): Promise<ScheduleDescription> {
    return this.schedule(job).describe();
  }

  async facts(job: string): Promise<Facts> {
    return this.bandit(job).facts();
  }

  /** As of now: a lease that has expired shows at once. */
  async ledger(job: string): Promise<Ledger> {
    return this.bandit(job).ledger();
  }

  /**
   * Lets the job learn from observations that it did not make; those that it knows, by their ids, are left alone.
   * @throws WattbanditError `notFound`, or `invalid` if the bandit refuses them
   */
  async importFacts(job: string, observations: readonly Observation[]): Promise<ImportAnswer> {
    return this.bandit(job).importFacts(observations);
  }

  /**
   * Overrides the policy, for the runs under way too. Told again under the same id, it counts once.
   * @throws WattbanditError `notFound`, `invalid`, `notAllowed` if the worker does not believe it, `unavailable` without a worker
   */
  async setOverride(job: string, request: OverrideRequest): Promise<OverrideAnswer> {
    return this.bandit(job).setOverride(request);
  }

  /** Answers the ids of what was cleared. @throws WattbanditError as {@link setOverride}; `notFound` also for an id that is not there */
  async clearOverride(job: string, request: ClearRequest): Promise<readonly string[]> {
    return this.bandit(job).clearOverride(request);
  }

  async overrides(job: string): Promise<OrderBook> {
    return this.bandit(job).overrides();
  }

  /** What a decision was made from, by the id of its ask; undefined once history has forgotten it. */
  async recallDecide(job: string, askId: string): Promise<RecalledDecide | undefined> {
    return this.bandit(job).recallDecide(askId);
  }

  /** Starts one recurrence now, through the Schedule, so that its overlap rule holds. */
  async trigger(job: string): Promise<void> {
    return this.schedule(job).trigger();
  }

  /** Runs every slot in (`from`, `to`], one after the other. */
  async backfill(job: string, from: Date, to: Date): Promise<void> {
    return this.schedule(job).backfill(from, to);
  }

  async pause(job: string, note: string): Promise<void> {
    return this.schedule(job).pause(note);
  }

  async resume(job: string, note: string): Promise<void> {
    return this.schedule(job).resume(note);
  }

  /** Whether there is anything to delete. */
  async exists(job: string): Promise<boolean> {
    return (await this.schedule(job).find()) !== undefined || (await this.bandit(job).isRunning());
  }

  /**
   * Ends the Schedule and the bandit, and returns when both are gone, so that a job created again learns anew. Runs under way
   * finish, and histories stay until the namespace's retention ends.
   */
  async delete(job: string): Promise<void> {
    if (!(await this.exists(job))) throw unknownJob(job);
    await this.schedule(job).delete();
    await this.bandit(job).retire();
  }

  /** Starts the recurrence of one slot without the Schedule; starting it twice is harmless. */
  async startRecurrence(spec: JobSpec, at: Date): Promise<WorkflowHandle> {
    const slot = slotAt(at);
    const input: RecurrenceInput = { spec, slot, ...(await this.starts.flags()) };
    return this.client.workflow.start(recurrenceWorkflow, {
      workflowId: recurrenceId(spec.job, slot),
      workflowIdConflictPolicy: 'USE_EXISTING',
      ...(await this.starts.options(spec.job, `slot ${slot} of job ${spec.job}`)),
      args: [input],
    });
  }

  private schedule(job: string): JobSchedule {
    return new JobSchedule(this.client, job);
  }

  private bandit(job: string): JobBandit {
    return new JobBandit(this.client, job);
  }
}

function cannotRestore(job: string): WattbanditError {
  return new WattbanditError(
    'conflict',
    `Cannot restore job ${job}: it exists; delete it first, or import without --restore, so that it learns besides.`,
  );
}
