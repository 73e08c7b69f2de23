/** What a decision was made from, put together again from the bandit's history: history holds answers, and this is the question. */
import type { DecideInput } from '../../activities/decide';
import type { Override } from '../../policy/override';
import type { LogEntry } from './log';
import { type Recollection, after, begin, decideInputOf } from './recollection';

export interface RecalledDecide {
  readonly input: DecideInput;
  /** All that were ever seen: which of them held, the decision itself says. */
  readonly overrides: readonly Override[];
  /** Observations that counted. */
  readonly counted: number;
}

/** Undefined if the decision is not among what happened. */
export function recallDecide([begun, ...rest]: readonly LogEntry[], askId: string): RecalledDecide | undefined {
  if (begun?.type !== 'begun') return undefined;
  let state: Recollection = begin(begun.input);
  const overrides = [...state.book.overrides];
  for (const entry of rest) {
    if (entry.type === 'override') overrides.push(entry.override);
    if (entry.type === 'decision' && entry.request.id === askId) {
      const { counted, imported = 0 } = state.ledger.totals;
      return { input: decideInputOf(state, entry), overrides, counted: counted + imported };
    }
    state = after(state, entry);
  }
  return undefined;
}
