import type { SourceFacts, TimeRange } from './source';
/** Nothing of the future; oldest first. */
export declare function historyParts({ fromAt, toAt }: TimeRange, facts: SourceFacts, now: Date): readonly TimeRange[];
//# sourceMappingURL=historyParts.d.ts.map