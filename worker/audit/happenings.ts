/** Events of a workflow's history as far as an audit is about them, with their payloads read. */
import type { WorkflowHandle } from '@temporalio/client';
import type { PayloadReader } from './payloads';

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;
type HistoryEvent = NonNullable<History['events']>[number];

/** `client`: who sent it, by a name that the sender chose. */
type What =
  | { readonly kind: 'started'; readonly input: unknown; readonly continuedFrom: string; readonly client: string }
  | { readonly kind: 'signal'; readonly name: string; readonly input: unknown; readonly client: string }
  | { readonly kind: 'update'; readonly name: string; readonly input: unknown; readonly client: string }
  /** `of`: the event that accepted the update. */
  | { readonly kind: 'answer'; readonly of: number; readonly success: unknown; readonly failure: string | undefined }
  /** The answer of a local activity. */
  | { readonly kind: 'local'; readonly activity: string; readonly result: unknown }
  | { readonly kind: 'scheduled'; readonly activity: string; readonly input: unknown; readonly taskQueue: string }
  /** `of`: the event that scheduled the activity. */
  | { readonly kind: 'begun'; readonly of: number; readonly attempt: number; readonly client: string }
  | { readonly kind: 'done'; readonly of: number; readonly result: unknown; readonly failure: string | undefined }
  | { readonly kind: 'cancel'; readonly client: string; readonly why: string }
  | { readonly kind: 'ended'; readonly how: string; readonly why: string | undefined; readonly client?: string };

export type Happening = What & { readonly at: string; readonly eventId: number };

export async function happeningsIn({ events }: History, read: PayloadReader): Promise<readonly Happening[]> {
  const happenings: Happening[] = [];
  for (const event of events ?? []) {
    const what = (await messageIn(event, read)) ?? (await activityIn(event, read)) ?? (await endIn(event, read));
    if (what !== undefined) happenings.push({ ...what, at: instantOf(event), eventId: Number(event.eventId) });
  }
  return happenings;
}

async function messageIn(event: HistoryEvent, read: PayloadReader): Promise<What | undefined> {
  const started = event.workflowExecutionStartedEventAttributes;
  if (started) {
    const { input, continuedExecutionRunId, identity } = started;
    const continuedFrom = continuedExecutionRunId ?? '';
    return { kind: 'started', input: await read.value(input), continuedFrom, client: identity ?? '' };
  }
  const signal = event.workflowExecutionSignaledEventAttributes;
  if (signal) {
    const { signalName, input, identity } = signal;
    return { kind: 'signal', name: signalName ?? '', input: await read.value(input), client: identity ?? '' };
  }
  const accepted = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest;
  if (accepted) {
    const { input, meta } = accepted;
    const client = meta?.identity ?? '';
    return { kind: 'update', name: input?.name ?? '', input: await read.value(input?.args), client };
  }
  const completed = event.workflowExecutionUpdateCompletedEventAttributes;
  if (completed) {
    const { acceptedEventId, outcome } = completed;
    const [success, failure] = [await read.value(outcome?.success), await read.message(outcome?.failure)];
    return { kind: 'answer', of: Number(acceptedEventId), success, failure };
  }
  const { cause, identity } = event.workflowExecutionCancelRequestedEventAttributes ?? {};
  return identity === undefined ? undefined : { kind: 'cancel', client: identity ?? '', why: cause ?? '' };
}

async function activityIn(event: HistoryEvent, read: PayloadReader): Promise<What | undefined> {
  const marker = event.markerRecordedEventAttributes;
  if (marker?.markerName === 'core_local_activity') {
    const about = await read.value(marker.details?.['data']);
    const activity = String(isObject(about) ? Reflect.get(about, 'activity_type') : '');
    return { kind: 'local', activity, result: await read.value(marker.details?.['result']) };
  }
  const scheduled = event.activityTaskScheduledEventAttributes;
  if (scheduled) {
    const { activityType, input, taskQueue } = scheduled;
    const activity = activityType?.name ?? '';
    return { kind: 'scheduled', activity, input: await read.value(input), taskQueue: taskQueue?.name ?? '' };
  }
  const begun = event.activityTaskStartedEventAttributes;
  if (begun) {
    const { scheduledEventId, attempt, identity } = begun;
    return { kind: 'begun', of: Number(scheduledEventId), attempt: attempt ?? 1, client: identity ?? '' };
  }
  return doneIn(event, read);
}

async function doneIn(event: HistoryEvent, read: PayloadReader): Promise<What | undefined> {
  const completed = event.activityTaskCompletedEventAttributes;
  if (completed) {
    const { scheduledEventId, result } = completed;
    return { kind: 'done', of: Number(scheduledEventId), result: await read.value(result), failure: undefined };
  }
  const failed = event.activityTaskFailedEventAttributes ?? event.activityTaskTimedOutEventAttributes;
  if (failed) {
    const failure = (await read.message(failed.failure)) ?? 'it failed';
    return { kind: 'done', of: Number(failed.scheduledEventId), result: undefined, failure };
  }
  const canceled = event.activityTaskCanceledEventAttributes;
  if (!canceled) return undefined;
  return { kind: 'done', of: Number(canceled.scheduledEventId), result: undefined, failure: 'it was cancelled' };
}

async function endIn(event: HistoryEvent, read: PayloadReader): Promise<What | undefined> {
  const end = (how: string, why?: string): What => ({ kind: 'ended', how, why });
  if (event.workflowExecutionContinuedAsNewEventAttributes) return end('continuedAsNew');
  if (event.workflowExecutionCompletedEventAttributes) return end('completed');
  if (event.workflowExecutionCanceledEventAttributes) return end('cancelled');
  if (event.workflowExecutionTimedOutEventAttributes) return end('timedOut');
  const failed = event.workflowExecutionFailedEventAttributes;
  if (failed) return end('failed', await read.message(failed.failure));
  const terminated = event.workflowExecutionTerminatedEventAttributes;
  if (!terminated) return undefined;
  const { reason, identity } = terminated;
  return { kind: 'ended', how: 'terminated', why: reason ?? undefined, client: identity ?? '' };
}

function instantOf({ eventTime }: HistoryEvent): string {
  const milliseconds = Number(eventTime?.seconds ?? 0) * 1000 + Math.floor((eventTime?.nanos ?? 0) / 1e6);
  return new Date(milliseconds).toISOString();
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
