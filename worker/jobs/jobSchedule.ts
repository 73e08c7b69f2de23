/** The Schedule of one job: its slots, and whether they begin by themselves. */
import {
  type Client,
  ScheduleAlreadyRunning,
  type ScheduleDescription,
  type ScheduleHandle,
  ScheduleOverlapPolicy,
} from '@temporalio/client';
import type { JobSpec } from '../../workflows/contracts';
import { type RecurrenceInput, recurrenceIdBase, recurrenceWorkflow, scheduleId } from '../../workflows/messages';
import { searchAttributePairs } from '../../workflows/searchAttributes';
import { WattbanditError } from '../errors';
import { requireSame } from './sameSpec';
import type { Starts } from './starts';
import { orUnknown, unknownJob, unlessGone } from './unknownJob';

export interface ScheduleState {
  readonly paused: boolean;
  readonly note: string | undefined;
}

export class JobSchedule {
  private readonly handle: ScheduleHandle;

  constructor(
    private readonly client: Client,
    private readonly job: string,
  ) {
    this.handle = client.schedule.getHandle(scheduleId(job));
  }

  async find(): Promise<ScheduleDescription | undefined> {
    return unlessGone(() => this.handle.describe());
  }

  /** @throws WattbanditError `notFound` */
  async describe(): Promise<ScheduleDescription> {
    const description = await this.find();
    if (description === undefined) throw unknownJob(this.job);
    return description;
  }

  /** @throws WattbanditError `conflict` if there is one of another specification, `invalid` if Temporal refuses it */
  async create(spec: JobSpec, state: ScheduleState, starts: Starts): Promise<void> {
    const input: RecurrenceInput = { spec, ...(await starts.flags()) };
    try {
      await this.client.schedule.create({
        scheduleId: scheduleId(this.job),
        memo: { job: this.job, spec },
        spec: timesOf(spec),
        action: {
          type: 'startWorkflow',
          workflowType: recurrenceWorkflow,
          workflowId: recurrenceIdBase(this.job),
          ...(await starts.options(this.job, `a recurrence of job ${this.job}`)),
          args: [input],
        },
        policies: policiesOf(spec),
        state,
      });
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw refused(spec, error);
      // Somebody else was faster.
      requireSame(spec, (await this.describe()).memo?.['spec']);
    }
  }

  /** One that is older than the search attributes learns of them. */
  async beSearched({ action }: ScheduleDescription, starts: Starts): Promise<void> {
    const [input] = action.args ?? [];
    if (isSearched(input) || !(await starts.hasAttributes())) return;
    await this.handle.update(({ action: before, ...previous }) => ({
      ...previous,
      action: {
        ...before,
        args: [{ ...Object(input), searchAttributes: true }],
        typedSearchAttributes: searchAttributePairs({ job: this.job }),
      },
    }));
  }

  async trigger(): Promise<void> {
    const { policies } = await this.describe();
    // Left to itself, the client triggers whatever is running.
    await orUnknown(this.job, () => this.handle.trigger(policies.overlap));
  }

  async backfill(from: Date, to: Date): Promise<void> {
    const overlap = ScheduleOverlapPolicy.BUFFER_ALL;
    await orUnknown(this.job, () => this.handle.backfill({ start: from, end: to, overlap }));
  }

  async pause(note: string): Promise<void> {
    await orUnknown(this.job, () => this.handle.pause(note));
  }

  async resume(note: string): Promise<void> {
    await orUnknown(this.job, () => this.handle.unpause(note));
  }

  async delete(): Promise<void> {
    await unlessGone(() => this.handle.delete());
  }
}

const overlaps = {
  skip: ScheduleOverlapPolicy.SKIP,
  bufferOne: ScheduleOverlapPolicy.BUFFER_ONE,
  bufferAll: ScheduleOverlapPolicy.BUFFER_ALL,
  cancelOther: ScheduleOverlapPolicy.CANCEL_OTHER,
  terminateOther: ScheduleOverlapPolicy.TERMINATE_OTHER,
  allowAll: ScheduleOverlapPolicy.ALLOW_ALL,
} as const;

function timesOf({ schedule: { every, offset, cron, timeZone, jitter } }: JobSpec) {
  return {
    ...(cron === undefined ? {} : { cronExpressions: [cron] }),
    ...(every === undefined ? {} : { intervals: [{ every: every * 1000, offset: offset * 1000 }] }),
    timezone: timeZone,
    jitter: jitter * 1000,
  };
}

function policiesOf({ schedule: { overlap, catchupWindow } }: JobSpec) {
  return { overlap: overlaps[overlap], catchupWindow: catchupWindow * 1000 };
}

function isSearched(input: unknown): boolean {
  return typeof input === 'object' && input !== null && Reflect.get(input, 'searchAttributes') === true;
}

/** A cron expression or a time zone that Temporal does not take is told by a TypeError with the server's words. */
function refused({ job, schedule }: JobSpec, error: unknown): unknown {
  if (!(error instanceof TypeError)) return error;
  const { every, cron, timeZone } = schedule;
  const wish = cron === undefined ? `every ${every} s` : `cron "${cron}" in time zone ${timeZone}`;
  return new WattbanditError(
    'invalid',
    `Cannot schedule job ${job} by ${wish}: Temporal says "${error.message}"; mend \`schedule\` in the job file.`,
    { cause: error },
  );
}
