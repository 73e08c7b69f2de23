/** The slow reference that a signal is compared with: its mean over the last 28 days, so a grid that gets cleaner stays its own measure. */
import type { SignalReading } from './forecast';
/** Sums by UTC day, so 28 days are 29 short rows. */
export interface SignalReference {
    readonly days: readonly SignalDay[];
    /** Readings that end at or before it were counted; null: none was. */
    readonly countedToAt: string | null;
}
export interface SignalDay {
    readonly day: string;
    /** Seconds that readings cover, and the sum of value times seconds. */
    readonly seconds: number;
    readonly valueSeconds: number;
}
export declare function beginReference(): SignalReference;
/** Each reading counts once, by the day in which it begins; what was counted already is left out, so telling twice is harmless. */
export declare function observeReference(state: SignalReference, reading: SignalReading): SignalReference;
/** Null before the first reading. */
export declare function referenceOf({ days }: SignalReference): number | null;
//# sourceMappingURL=signalReference.d.ts.map