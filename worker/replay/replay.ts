/** Replays: Temporal histories through the workflows of this version, and decisions from what they were made from. */
import type { DataConverter } from '@temporalio/common';
import { defaultPayloadConverter } from '@temporalio/common';
import { banditWorkflow, carbonTimerWorkflow } from '../../workflows/messages';
import { messageOf } from '../import/input';
import { WattbanditPlugin } from '../plugin';
import { type Decode, type History, decoderOf, logOf } from './historyLog';
import type { LogEntry } from './log';
import type { ReplaySource } from './replaySources';
import { unguarded } from './unguarded';
import { Verification, type Verified, nothingVerified } from './verify';
import { verifyWeighings } from './weighings';

export interface Replayed {
  readonly name: string;
  /** Null of an export, which is no history. */
  readonly replays: boolean | null;
  /** Why it does not replay; null if it does. */
  readonly why: string | null;
  readonly verified: Verified;
}

export const isIdentical = ({ replays, verified }: Replayed) => replays !== false && verified.diverged === 0;

export interface ReplayAllOptions {
  readonly converter: DataConverter;
  /** Called before Temporal's runtime is needed, if it is. */
  readonly onWorker?: () => Promise<void>;
}

/** One result for each source, in no particular order. */
export async function* replayAll(
  sources: AsyncIterable<ReplaySource>,
  { converter, onWorker }: ReplayAllOptions,
): AsyncIterable<Replayed> {
  const decode = decoderOf({
    payloadCodecs: converter.payloadCodecs ?? [],
    payloadConverter: defaultPayloadConverter,
  });
  const under = new Map<string, Omit<Replayed, 'replays' | 'why'>>();
  const logs: Replayed[] = [];
  async function* histories() {
    for await (const source of sources) {
      const { name } = source;
      if (source.kind === 'log') {
        logs.push({ name, replays: null, why: null, verified: verify(source.entries) });
        continue;
      }
      const { workflowId, runId } = namesOf(source.history);
      under.set(runId, { name, verified: await verifyHistory(source.history, decode) });
      yield { workflowId, history: source.history };
    }
  }
  // Without histories there is no worker to be made.
  const begun = histories();
  const first = await begun.next();
  if (first.done === true) return yield* logs;
  await onWorker?.();
  const replays = await runReplay(startingWith(first.value, begun), converter);
  for await (const { runId, error } of unguarded(replays)) {
    const known = under.get(runId) ?? { name: runId, verified: nothingVerified };
    yield { ...known, replays: error === undefined, why: error === undefined ? null : messageOf(error) };
    yield* logs.splice(0);
  }
  yield* logs;
}

interface Named {
  readonly workflowId: string;
  readonly history: History;
}

async function* startingWith(first: Named, rest: AsyncIterable<Named>): AsyncIterable<Named> {
  yield first;
  yield* rest;
}

export function verify(entries: Iterable<LogEntry>): Verified {
  const verification = new Verification();
  for (const entry of entries) verification.take(entry);
  return verification.verified;
}

async function verifyHistory(history: History, decode: Decode): Promise<Verified> {
  if (isOfBandit(history)) return verify(await logOf(history, decode));
  return workflowOf(history) === carbonTimerWorkflow ? verifyWeighings(history, decode) : nothingVerified;
}

export const isOfBandit = (history: History) => workflowOf(history) === banditWorkflow;

function workflowOf({ events }: History): string | null | undefined {
  return events?.[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name;
}

function namesOf({ events }: History) {
  const { workflowId, originalExecutionRunId } = events?.[0]?.workflowExecutionStartedEventAttributes ?? {};
  return { workflowId: workflowId ?? '', runId: originalExecutionRunId ?? '' };
}

/** Loaded here only: who reads exports needs no native worker. */
async function runReplay(histories: AsyncIterable<Named>, dataConverter: DataConverter) {
  const { Worker } = await import('@temporalio/worker');
  return Worker.runReplayHistories({ plugins: [new WattbanditPlugin()], dataConverter }, histories);
}
