"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.happeningsIn = happeningsIn;
async function happeningsIn({ events }, read) {
    const happenings = [];
    for (const event of events ?? []) {
        const what = (await messageIn(event, read)) ?? (await activityIn(event, read)) ?? (await endIn(event, read));
        if (what !== undefined)
            happenings.push({ ...what, at: instantOf(event), eventId: Number(event.eventId) });
    }
    return happenings;
}
async function messageIn(event, read) {
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
async function activityIn(event, read) {
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
async function doneIn(event, read) {
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
    if (!canceled)
        return undefined;
    return { kind: 'done', of: Number(canceled.scheduledEventId), result: undefined, failure: 'it was cancelled' };
}
async function endIn(event, read) {
    const end = (how, why) => ({ kind: 'ended', how, why });
    if (event.workflowExecutionContinuedAsNewEventAttributes)
        return end('continuedAsNew');
    if (event.workflowExecutionCompletedEventAttributes)
        return end('completed');
    if (event.workflowExecutionCanceledEventAttributes)
        return end('cancelled');
    if (event.workflowExecutionTimedOutEventAttributes)
        return end('timedOut');
    const failed = event.workflowExecutionFailedEventAttributes;
    if (failed)
        return end('failed', await read.message(failed.failure));
    const terminated = event.workflowExecutionTerminatedEventAttributes;
    if (!terminated)
        return undefined;
    const { reason, identity } = terminated;
    return { kind: 'ended', how: 'terminated', why: reason ?? undefined, client: identity ?? '' };
}
function instantOf({ eventTime }) {
    const milliseconds = Number(eventTime?.seconds ?? 0) * 1000 + Math.floor((eventTime?.nanos ?? 0) / 1e6);
    return new Date(milliseconds).toISOString();
}
function isObject(value) {
    return typeof value === 'object' && value !== null;
}
//# sourceMappingURL=happenings.js.map