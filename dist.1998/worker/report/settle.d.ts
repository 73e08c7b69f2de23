import type { Source } from '../../activities/carbon/source';
import { type Quantity } from './quantity';
import type { ReportedRun } from './runs';
export interface Settlement {
    /** Whether there was a source to ask. */
    readonly asked: boolean;
    readonly questions: number;
    /** Intervals that are final now and were not before. */
    readonly settled: number;
    /** Of those that are old enough: still without a final value. */
    readonly unsettled: number;
    /** By how much what is counted under the source's signal grew; null where nobody was asked. */
    readonly change: Quantity | null;
    /** Why the provider was not asked further, for people. */
    readonly failure: string | null;
}
export interface SettleOptions {
    readonly now: Date;
    /** Younger intervals are left: their provider has not revised them yet. */
    readonly settleAfterSeconds: number;
    readonly source?: Source;
}
export interface Settled {
    readonly runs: readonly ReportedRun[];
    readonly settlement: Settlement;
}
export declare function settle(runs: readonly ReportedRun[], options: SettleOptions): Promise<Settled>;
//# sourceMappingURL=settle.d.ts.map