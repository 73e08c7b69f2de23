/** What a local activity answered: it lies in a marker of Temporal's core. */
import { type Payload, defaultPayloadConverter } from '@temporalio/common';
import type { HistoryEvent } from './historyLog';

export interface LocalAnswer {
  /** Never encrypted. */
  readonly activity: string | undefined;
  readonly result: Payload;
  readonly completedAt: string | undefined;
}

interface About {
  readonly activity_type?: string;
  readonly complete_time?: { readonly seconds: number; readonly nanos: number };
}

/** Undefined of any other event, and of a failure. */
export function localAnswerOf({ markerRecordedEventAttributes: marker }: HistoryEvent): LocalAnswer | undefined {
  const about = marker?.details?.['data']?.payloads?.[0];
  const result = marker?.details?.['result']?.payloads?.[0];
  if (marker?.markerName !== 'core_local_activity' || !about || !result) return undefined;
  const { activity_type: activity, complete_time: time } = defaultPayloadConverter.fromPayload<About>(about);
  return { activity, result, completedAt: time === undefined ? undefined : instantOf(time) };
}

export function instantOf(time: HistoryEvent['eventTime'] | About['complete_time']): string {
  return new Date(Number(time?.seconds ?? 0) * 1000 + Math.floor((time?.nanos ?? 0) / 1e6)).toISOString();
}
