import type { Reading, SourceFacts } from './source';
/** @throws SourceError `unusable` */
export declare function checkedReading(reading: unknown, facts: SourceFacts): Reading;
/** @throws SourceError `unusable` */
export declare function refuseFuture(reading: Reading, now: Date): Reading;
//# sourceMappingURL=reading.d.ts.map