/** Which ranges to ask a provider for, so that few questions cover many intervals. */
import { instantAt, secondsOf } from '../../activities/carbon/gridSlots';
import type { TimeRange } from '../../activities/carbon/source';

/** The fewest ranges of a length that cover all intervals: each begins where the first one that is not covered does. */
export function rangesFor(intervals: readonly TimeRange[], longestSeconds: number): readonly TimeRange[] {
  const ranges: TimeRange[] = [];
  let [from, to] = [-Infinity, -Infinity];
  const close = () => {
    if (to > from) ranges.push({ fromAt: instantAt(from), toAt: instantAt(to) });
  };
  for (const { fromAt, toAt } of intervals.toSorted((a, b) => secondsOf(a.fromAt) - secondsOf(b.fromAt))) {
    const end = secondsOf(toAt);
    for (let start = Math.max(secondsOf(fromAt), to); start < end; start = to) {
      if (to === -Infinity || start >= from + longestSeconds) {
        close();
        from = start;
      }
      to = Math.min(end, from + longestSeconds);
    }
  }
  close();
  return ranges;
}
