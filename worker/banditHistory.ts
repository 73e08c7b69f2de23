/** What happened to a bandit, read from its history: the messages that it took in, and the answers of its activities. */
import type { Client } from '@temporalio/client';
import { type Payload, defaultPayloadConverter } from '@temporalio/common';
import type { DecideAnswer } from '../activities/decide';
import type { Observation } from '../policy/facts';
import type { Override } from '../policy/override';
import {
  type AskRequest,
  type BanditInput,
  type OverrideAnswer,
  type TellAnswer,
  banditId,
} from '../workflows/messages';

export type Happening =
  | { readonly kind: 'begun'; readonly input: BanditInput }
  | { readonly kind: 'asked'; readonly request: AskRequest }
  | { readonly kind: 'decided'; readonly answer: DecideAnswer }
  | { readonly kind: 'told'; readonly observation: Observation; readonly counted: boolean }
  | { readonly kind: 'learned'; readonly memory: unknown }
  | { readonly kind: 'overridden'; readonly override: Override };

type Decode = <T>(payload: Payload | null | undefined) => Promise<T | undefined>;
type Events = NonNullable<Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>['events']>;

/** Enough for years; each run of a bandit holds thousands of events. */
const mostRuns = 30;

/** The runs of a bandit, the latest first: each is what continues as new. */
export async function* banditRuns(client: Client, job: string): AsyncIterable<readonly Happening[]> {
  const decode = decoderOf(client);
  let runId: string | undefined;
  for (let run = 0; run < mostRuns; run++) {
    const { events } = await client.workflow.getHandle(banditId(job), runId).fetchHistory();
    const all = events ?? [];
    yield await happeningsIn(all, decode);
    runId = all[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? undefined;
    if (!runId) return;
  }
}

function decoderOf({ options: { loadedDataConverter: converter } }: Client): Decode {
  return async <T>(payload: Payload | null | undefined) => {
    if (!payload) return undefined;
    let payloads: Payload[] = [payload];
    for (const codec of converter.payloadCodecs) payloads = await codec.decode(payloads);
    const [plain] = payloads;
    return plain === undefined ? undefined : converter.payloadConverter.fromPayload<T>(plain);
  };
}

/** A message counts from when it was accepted; what was answered stands later. */
async function happeningsIn(events: Events, decode: Decode): Promise<readonly Happening[]> {
  const answers = new Map<string, Payload | undefined>();
  for (const { workflowExecutionUpdateCompletedEventAttributes: completed } of events)
    if (completed?.meta?.updateId) answers.set(completed.meta.updateId, completed.outcome?.success?.payloads?.[0]);
  const happenings: Happening[] = [];
  for (const event of events) happenings.push(...(await happeningsOf(event, answers, decode)));
  return happenings;
}

async function happeningsOf(
  event: Events[number],
  answers: ReadonlyMap<string, Payload | undefined>,
  decode: Decode,
): Promise<readonly Happening[]> {
  const input = await decode<BanditInput>(event.workflowExecutionStartedEventAttributes?.input?.payloads?.[0]);
  if (input !== undefined) return [{ kind: 'begun', input }];
  const marker = event.markerRecordedEventAttributes;
  if (marker) return answerIn(marker.details, decode);
  const accepted = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest;
  const answer = answers.get(accepted?.meta?.updateId ?? '');
  const first = accepted?.input?.args?.payloads?.[0];
  switch (accepted?.input?.name ?? '') {
    case 'ask': {
      const request = await decode<AskRequest>(first);
      return request === undefined ? [] : [{ kind: 'asked', request }];
    }
    case 'tell': {
      const observation = await decode<Observation>(first);
      const counted = (await decode<TellAnswer>(answer))?.counted === true;
      return observation === undefined ? [] : [{ kind: 'told', observation, counted }];
    }
    case 'setOverride': {
      const given = await decode<OverrideAnswer>(answer);
      return given?.kind === 'applied' ? [{ kind: 'overridden', override: given.override }] : [];
    }
    default:
      return [];
  }
}

interface Details {
  readonly [name: string]: { readonly payloads?: readonly Payload[] | null };
}

/** Of a local activity. Which one it was is never encrypted. */
async function answerIn(details: Details | null | undefined, decode: Decode): Promise<readonly Happening[]> {
  const data = details?.['data']?.payloads?.[0];
  const result = details?.['result']?.payloads?.[0];
  if (data === undefined) return [];
  const { activity_type: activity } = defaultPayloadConverter.fromPayload<{ readonly activity_type?: string }>(data);
  if (activity === 'learn') return [{ kind: 'learned', memory: await decode(result) }];
  const answer = activity === 'decide' ? await decode<DecideAnswer>(result) : undefined;
  return answer === undefined ? [] : [{ kind: 'decided', answer }];
}
