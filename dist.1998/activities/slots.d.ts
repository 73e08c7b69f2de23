import type { JobSpec } from '../workflows/contracts';
/** The scheduled instants strictly between `after` and `before`, oldest first; the latest ones if there are many. */
export declare function skippedSlots(schedule: JobSpec['schedule'], after: string | undefined, before: string): string[];
/** About so many recurrences a year; what a cron expression means is counted over the four weeks before `end`. */
export declare function recurrencesAYear(schedule: JobSpec['schedule'], end: Date): number;
//# sourceMappingURL=slots.d.ts.map