/** A range of the past in pieces that a provider answers at once. */
import { SourceError } from './error';
import { instantAt, secondsOf } from './gridSlots';
import type { SourceFacts, TimeRange } from './source';

/** Nothing of the future; oldest first. */
export function historyParts({ fromAt, toAt }: TimeRange, facts: SourceFacts, now: Date): readonly TimeRange[] {
  const from = secondsOf(fromAt);
  const to = Math.min(secondsOf(toAt), secondsOf(now));
  if (!(secondsOf(fromAt) < secondsOf(toAt)))
    throw new SourceError('invalid', 'ask for a range that ends after it begins');
  if (facts.historyHours === 0) throw new SourceError('unsupported', 'it tells no past');
  const partSeconds = facts.historyHours * 3600;
  const count = Math.max(0, Math.ceil((to - from) / partSeconds));
  return Array.from({ length: count }, (_, i) => ({
    fromAt: instantAt(from + i * partSeconds),
    toAt: instantAt(Math.min(to, from + (i + 1) * partSeconds)),
  }));
}
