/** Weighs again what a carbon timer weighed, each time from what its host knew then. */
import type { WeighAnswer } from '../../activities/carbon/steer';
import { weigh } from '../../policy/carbon';
import { runOfTimer } from '../../workflows/messages';
import { firstDifference } from './difference';
import type { Decode, History } from './historyLog';
import { localAnswerOf } from './localAnswer';
import { type Divergence, type Verified, likenessOf, nothingVerified, together } from './verify';

/** Of one run of a timer. What was weighed by version 0.2 cannot be weighed again, and does not count. */
export async function verifyWeighings({ events }: History, decode: Decode): Promise<Verified> {
  const run = runOfTimer(events?.[0]?.workflowExecutionStartedEventAttributes?.workflowId ?? '');
  const { slot = 'unknown', attempt = 0 } = run ?? {};
  let verified = nothingVerified;
  for (const event of events ?? []) {
    const local = localAnswerOf(event);
    const answer = local?.activity === 'weighRun' ? await decode<WeighAnswer>(local.result) : undefined;
    if (answer?.kind === 'weighed') verified = together(verified, verifyWeighing(answer, { slot, attempt }));
  }
  return verified;
}

type Weighing = Extract<WeighAnswer, { kind: 'weighed' }>;

function verifyWeighing(answer: Weighing, run: Pick<Divergence, 'slot' | 'attempt'>): Verified {
  const { kind: _kind, nextSeconds: _nextSeconds, knew, ...recorded } = answer;
  if (knew === undefined) return nothingVerified;
  const likeness = likenessOf(knew.node);
  const difference = firstDifference(recorded, weigh(knew.facts, knew.context), likeness);
  return {
    decisions: 1,
    diverged: difference === undefined ? 0 : 1,
    exact: likeness === 'exact' ? 1 : 0,
    first: difference === undefined ? null : { ...run, at: knew.context.at, ...difference },
  };
}
