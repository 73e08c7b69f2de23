/** What a source can be asked, with the checks on what it answers and how long that is good for. */
import type { Asking } from './asking';
import { type Clock } from './gridSlots';
import type { Source, SourceFacts, TimeRange } from './source';
export declare function nowOf(source: Source, clock: Clock): Asking;
export declare function historyOf(source: Source, range: TimeRange, clock: Clock): Asking;
export declare function forecastOf(source: Source, hours: number, clock: Clock): Asking;
export declare function comingHours(hours: number, clock: Clock): TimeRange;
/** As in: Cannot ‹action›. */
export declare function actionFor({ provider, zone, kind }: SourceFacts, when: string): string;
export declare const historyWords: ({ fromAt, toAt }: TimeRange) => string;
export declare const forecastWords: (hours: number) => string;
//# sourceMappingURL=questions.d.ts.map