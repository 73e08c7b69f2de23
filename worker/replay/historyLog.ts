/** Reads the log of one run of a bandit out of its history. */
import type { WorkflowHandle } from '@temporalio/client';
import type { LoadedDataConverter, Payload } from '@temporalio/common';
import type { DecideAnswer } from '../../activities/decide';
import type { OverrideVerdict } from '../../activities/verifyOverride';
import type { Observation } from '../../policy/facts';
import type {
  AskRequest,
  BanditInput,
  ClearRequest,
  GiveUp,
  ImportRequest,
  OverrideRequest,
  TellAnswer,
} from '../../workflows/messages';
import type { OutsideAsk, OutsideTell } from '../../workflows/outsideMessages';
import { instantOf, localAnswerOf } from './localAnswer';
import type { LogEntry } from './log';
import { LogReader } from './logReader';

export type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;
export type HistoryEvent = NonNullable<History['events']>[number];

export type Decode = <T>(payload: Payload | null | undefined) => Promise<T | undefined>;

export function decoderOf(converter: Pick<LoadedDataConverter, 'payloadCodecs' | 'payloadConverter'>): Decode {
  const { payloadCodecs, payloadConverter } = converter;
  return async <T>(payload: Payload | null | undefined) => {
    if (!payload) return undefined;
    let payloads: Payload[] = [payload];
    for (const codec of payloadCodecs.toReversed()) payloads = await codec.decode(payloads);
    const [plain] = payloads;
    return plain === undefined ? undefined : payloadConverter.fromPayload<T>(plain);
  };
}

/** The first entry is what the run began with. Empty of a history without a beginning. */
export async function logOf({ events }: History, decode: Decode): Promise<readonly LogEntry[]> {
  const [first, ...rest] = events ?? [];
  const input = await decode<BanditInput>(first?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0]);
  if (input === undefined) return [];
  const answers = await answersIn(rest, decode);
  const reading: Reading = { reader: new LogReader(input, answers), answers, decode };
  let now = '';
  for (const event of rest) {
    // A workflow's clock stands still between its tasks.
    if (event.workflowTaskStartedEventAttributes) now = instantOf(event.eventTime);
    await takeMessage(reading, event, now);
    await takeAnswer(reading, event, now);
  }
  return reading.reader.entries;
}

interface Reading {
  readonly reader: LogReader;
  readonly answers: ReadonlyMap<number, unknown>;
  readonly decode: Decode;
}

/** Of what was refused: undefined. */
async function answersIn(events: readonly HistoryEvent[], decode: Decode): Promise<ReadonlyMap<number, unknown>> {
  const answers = new Map<number, unknown>();
  for (const { workflowExecutionUpdateCompletedEventAttributes: completed } of events) {
    if (!completed) continue;
    // Decisions come with the marker.
    const isAsk = completed.outcome?.success && completed.meta?.updateId?.startsWith('ask ');
    const payload = isAsk ? undefined : completed.outcome?.success?.payloads?.[0];
    answers.set(Number(completed.acceptedEventId), await decode(payload));
  }
  return answers;
}

async function takeMessage({ reader, answers, decode }: Reading, event: HistoryEvent, now: string): Promise<void> {
  const signal = event.workflowExecutionSignaledEventAttributes;
  const input = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input;
  if (!input && signal?.signalName !== 'override') return;
  const id = Number(event.eventId);
  const payload = (input?.args ?? signal?.input)?.payloads?.[0];
  switch (input?.name ?? '') {
    case 'ask':
      return reader.asked(present(await decode<AskRequest>(payload), id), id, now);
    case 'tell':
      return reader.tell(present(await decode<Observation>(payload), id), tellAnswerIn(answers.get(id)), now);
    case 'askOutside':
      return reader.asked(present(await decode<OutsideAsk>(payload), id), id, now);
    case 'tellOutside':
      return reader.tellOutside(present(await decode<OutsideTell>(payload), id), outsideAnswerIn(answers.get(id)), now);
    case 'giveUp':
      return reader.gaveUp(present(await decode<GiveUp>(payload), id));
    case 'importFacts':
      return reader.imported(present(await decode<ImportRequest>(payload), id), id);
    case 'clearOverride':
      return reader.orders.cleared(present(await decode<ClearRequest>(payload), id), id);
    case 'setOverride':
    case '':
      return reader.orders.ordered(present(await decode<OverrideRequest>(payload), id), id);
    default:
      return undefined;
  }
}

function present<Message>(message: Message | undefined, event: number): Message {
  if (message === undefined) throw new Error(`Cannot read history: event ${event} is a message without content.`);
  return message;
}

function tellAnswerIn(answer: unknown): TellAnswer | undefined {
  return isTellAnswer(answer) ? answer : undefined;
}

/** With the run that it is about. */
function outsideAnswerIn(answer: unknown): TellAnswer | undefined {
  return typeof answer === 'object' && answer !== null && 'answer' in answer ? tellAnswerIn(answer.answer) : undefined;
}

function isTellAnswer(answer: unknown): answer is TellAnswer {
  return typeof answer === 'object' && answer !== null && 'counted' in answer && 'retry' in answer;
}

/** Of an update, or of a local activity. */
async function takeAnswer({ reader, decode }: Reading, event: HistoryEvent, now: string): Promise<void> {
  const completed = event.workflowExecutionUpdateCompletedEventAttributes;
  if (completed) reader.answered(Number(completed.acceptedEventId), now);
  const local = localAnswerOf(event);
  if (local === undefined) return;
  const { activity, result, completedAt: at = now } = local;
  if (activity === 'learn') return reader.learned(await decode(result));
  if (activity === 'decide') {
    const answer = await decode<DecideAnswer>(result);
    if (answer !== undefined) reader.decided(answer, at);
  }
  if (activity !== 'verifyOverride' && activity !== 'verifyClear') return;
  const verdict = await decode<OverrideVerdict>(result);
  if (verdict === undefined) return;
  reader.add(
    activity === 'verifyOverride' ? reader.orders.judgedOrder(verdict, at) : reader.orders.judgedClear(verdict, at),
  );
}
