/** What a program outside the worker does with jobs: create, schedule, trigger, inspect, delete. */
import {
  type Client,
  type ScheduleDescription,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type WorkflowHandle,
} from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Observation } from '../policy/facts';
import type { JobSpec } from '../workflows/contracts';
import {
  type BanditInput,
  type ClearRequest,
  type Facts,
  type ImportAnswer,
  type ImportRequest,
  type Ledger,
  type OrderBook,
  type OverrideAnswer,
  type OverrideRequest,
  type RecurrenceInput,
  banditId,
  banditWorkflow,
  clearOverride,
  facts,
  importFacts,
  ledger,
  overrides,
  recurrenceId,
  recurrenceIdBase,
  recurrenceWorkflow,
  retire,
  scheduleId,
  setOverride,
  slotAt,
} from '../workflows/messages';
import { withExpired } from '../workflows/ledger';
import { searchAttributePairs } from '../workflows/searchAttributes';
import { WattbanditError } from './errors';
import { answered } from './answered';
import { nothingImported, partsOf, together } from './import/parts';
import { latestLogs } from './replay/banditRuns';
import { type RecalledDecide, recallDecide } from './replay/recalledDecide';
import { hasSearchAttributes } from './searchAttributes';

/** The task queue of workers that say nothing else. */
export const defaultTaskQueue = 'wattbandit';

/** A bandit whose worker is alive ends within this time. */
const retireMilliseconds = 3000;

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
  private asked: Promise<boolean> | undefined;

  constructor(
    private readonly client: Client,
    options: JobClientOptions = {},
  ) {
    this.taskQueue = options.taskQueue ?? defaultTaskQueue;
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
    const existing = await this.scheduleOf(spec.job);
    if (existing !== undefined) requireSame(spec, existing.memo?.['spec']);
    const started = await this.startBandit({ spec, since: [] });
    if (existing !== undefined) {
      await this.beSearched(existing);
      return 'unchanged';
    }
    // Runs that no Schedule started may have taught a bandit already.
    if (!started) requireSame(spec, (await this.facts(spec.job)).spec);
    try {
      await this.createSchedule(spec, { paused: options.paused ?? false, note: options.note });
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
    if ((await this.exists(spec.job)) || !(await this.startBandit(input))) throw cannotRestore(spec.job);
    try {
      await this.createSchedule(spec, { paused: options.paused ?? false, note: undefined });
    } catch (error) {
      await this.bandit(spec.job).terminate('its Schedule could not be created');
      throw error;
    }
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

  /**
   * Lets the job learn from observations that it did not make; those that it knows, by their ids, are left alone.
   * @throws WattbanditError `notFound`, or `invalid` if the bandit refuses them
   */
  async importFacts(job: string, observations: readonly Observation[]): Promise<ImportAnswer> {
    let answer = nothingImported;
    for (const part of partsOf(observations)) {
      const args: [ImportRequest] = [{ observations: part }];
      answer = together(answer, await this.told(job, () => this.bandit(job).executeUpdate(importFacts, { args })));
    }
    return answer;
  }

  /**
   * Overrides the policy, for the runs under way too. Told again under the same id, it counts once.
   * @throws WattbanditError `notFound`, `invalid`, `notAllowed` if the worker does not believe it, `unavailable` without a worker
   */
  async setOverride(job: string, request: OverrideRequest): Promise<OverrideAnswer> {
    return this.told(job, () => this.bandit(job).executeUpdate(setOverride, { args: [request] }));
  }

  /** Answers the ids of what was cleared. @throws WattbanditError as {@link setOverride}; `notFound` also for an id that is not there */
  async clearOverride(job: string, request: ClearRequest): Promise<readonly string[]> {
    return this.told(job, () => this.bandit(job).executeUpdate(clearOverride, { args: [request] }));
  }

  /** What a decision was made from, by the id of its ask; undefined once history has forgotten it. */
  async recallDecide(job: string, askId: string): Promise<RecalledDecide | undefined> {
    return this.orUnknown(job, async () => {
      for await (const entries of latestLogs(this.client, job)) {
        const recalled = recallDecide(entries, askId);
        if (recalled !== undefined) return recalled;
      }
      return undefined;
    });
  }

  async overrides(job: string): Promise<OrderBook> {
    return this.orUnknown(job, () => this.bandit(job).query(overrides));
  }

  /** Starts one recurrence now, through the Schedule, so that its overlap rule holds. */
  async trigger(job: string): Promise<void> {
    const { policies } = await this.describe(job);
    // Left to itself, the client triggers whatever is running.
    await this.orUnknown(job, () => this.schedule(job).trigger(policies.overlap));
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

  /** Whether there is anything to delete. */
  async exists(job: string): Promise<boolean> {
    return (await this.scheduleOf(job)) !== undefined || (await this.isRemembering(job));
  }

  /**
   * Ends the Schedule and the bandit, and returns when both are gone, so that a job created again learns anew. Runs under way
   * finish, and histories stay until the namespace's retention ends.
   */
  async delete(job: string): Promise<void> {
    if (!(await this.exists(job))) throw unknownJob(job);
    await unlessGone(() => this.schedule(job).delete());
    await unlessGone(() => this.bandit(job).signal(retire));
    // It ends by itself as soon as a worker hears of it.
    const insistAt = Date.now() + retireMilliseconds;
    while (Date.now() < insistAt && (await this.isRemembering(job))) await sleep(50);
    await unlessGone(() => this.bandit(job).terminate('deleted while no worker was there'));
  }

  /** Starts the recurrence of one slot without the Schedule; starting it twice is harmless. */
  async startRecurrence(spec: JobSpec, at: Date): Promise<WorkflowHandle> {
    const slot = slotAt(at);
    const input: RecurrenceInput = { spec, slot, ...(await this.flags()) };
    return this.client.workflow.start(recurrenceWorkflow, {
      workflowId: recurrenceId(spec.job, slot),
      taskQueue: this.taskQueue,
      workflowIdConflictPolicy: 'USE_EXISTING',
      ...(await this.shown(spec.job, `slot ${slot} of job ${spec.job}`)),
      args: [input],
    });
  }

  private async told<T>(job: string, update: () => Promise<T>): Promise<T> {
    return this.orUnknown(job, () => answered(update));
  }

  /** Whether it was started; else one runs already. */
  private async startBandit(input: BanditInput): Promise<boolean> {
    const { job } = input.spec;
    try {
      await this.client.workflow.start(banditWorkflow, {
        workflowId: banditId(job),
        taskQueue: this.taskQueue,
        ...(await this.shown(job, `what is known of job ${job}`)),
        args: [input],
      });
      return true;
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
      throw error;
    }
  }

  private async isRemembering(job: string): Promise<boolean> {
    const description = await unlessGone(() => this.bandit(job).describe());
    return description?.status.name === 'RUNNING';
  }

  private async createSchedule(
    spec: JobSpec,
    state: { readonly paused: boolean; readonly note: string | undefined },
  ): Promise<void> {
    const input: RecurrenceInput = { spec, ...(await this.flags()) };
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
          ...(await this.shown(spec.job, `a recurrence of job ${spec.job}`)),
          args: [input],
        },
        policies: { overlap: overlaps[overlap], catchupWindow: catchupWindow * 1000 },
        state,
      });
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw refusedSchedule(spec, error);
      // Somebody else was faster.
      requireSame(spec, (await this.describe(spec.job)).memo?.['spec']);
    }
  }

  /** The Schedule of a job that is older than the search attributes learns of them. */
  private async beSearched({ memo, action }: ScheduleDescription): Promise<void> {
    const [input] = action.args ?? [];
    if (isSearched(input) || !(await this.hasAttributes())) return;
    const job = String(memo?.['job']);
    await this.schedule(job).update(({ action: before, ...previous }) => ({
      ...previous,
      action: {
        ...before,
        args: [{ ...Object(input), searchAttributes: true }],
        typedSearchAttributes: searchAttributePairs({ job }),
      },
    }));
  }

  /** Recurrences set search attributes only where there are any. */
  private async flags(): Promise<Pick<RecurrenceInput, 'searchAttributes'>> {
    return (await this.hasAttributes()) ? { searchAttributes: true } : {};
  }

  /** What Temporal's UI shows and finds of a workflow before it runs. */
  private async shown(job: string, staticSummary: string) {
    const found = (await this.hasAttributes()) ? { typedSearchAttributes: searchAttributePairs({ job }) } : {};
    return { staticSummary, memo: { job }, ...found };
  }

  private hasAttributes(): Promise<boolean> {
    return (this.asked ??= hasSearchAttributes(this.client));
  }

  private schedule(job: string) {
    return this.client.schedule.getHandle(scheduleId(job));
  }

  private bandit(job: string): WorkflowHandle {
    return this.client.workflow.getHandle(banditId(job));
  }

  private async scheduleOf(job: string): Promise<ScheduleDescription | undefined> {
    return unlessGone(() => this.schedule(job).describe());
  }

  private async orUnknown<T>(job: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw isGone(error) ? unknownJob(job) : error;
    }
  }
}

function isSearched(input: unknown): boolean {
  return typeof input === 'object' && input !== null && Reflect.get(input, 'searchAttributes') === true;
}

async function unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof ScheduleNotFoundError || error instanceof WorkflowNotFoundError;
}

/** Both went through JSON in the order in which the schema writes keys. */
function requireSame(spec: JobSpec, existing: unknown): void {
  if (JSON.stringify(existing) === JSON.stringify(spec)) return;
  throw new WattbanditError(
    'conflict',
    `Cannot create job ${spec.job}: it exists with another specification; delete it first or choose another name.`,
  );
}

/** A cron expression or a time zone that Temporal does not take is told by a TypeError with the server's words. */
function refusedSchedule({ job, schedule }: JobSpec, error: unknown): unknown {
  if (!(error instanceof TypeError)) return error;
  const { every, cron, timeZone } = schedule;
  const wish = cron === undefined ? `every ${every} s` : `cron "${cron}" in time zone ${timeZone}`;
  return new WattbanditError(
    'invalid',
    `Cannot schedule job ${job} by ${wish}: Temporal says "${error.message}"; mend \`schedule\` in the job file.`,
    { cause: error },
  );
}

function cannotRestore(job: string): WattbanditError {
  return new WattbanditError(
    'conflict',
    `Cannot restore job ${job}: it exists; delete it first, or import without --restore, so that it learns besides.`,
  );
}

function named(at: Date | undefined): string | undefined {
  return at === undefined ? undefined : slotAt(at);
}

export function unknownJob(job: string): WattbanditError {
  return new WattbanditError('notFound', `Cannot find job ${job}; \`wattbandit job list\` shows the jobs there are.`);
}
