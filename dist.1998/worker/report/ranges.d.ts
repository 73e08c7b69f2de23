import type { TimeRange } from '../../activities/carbon/source';
/** The fewest ranges of a length that cover all intervals: each begins where the first one that is not covered does. */
export declare function rangesFor(intervals: readonly TimeRange[], longestSeconds: number): readonly TimeRange[];
//# sourceMappingURL=ranges.d.ts.map