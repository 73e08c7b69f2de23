/** What a report says of each job and each day. Survives JSON. */
import type { Signal } from '../../policy/emissions';
import type { GridInterval } from '../../policy/facts';
import type { Saving } from '../../policy/savings';
import type { Quantity } from './quantity';
import type { Reading } from './readRuns';
import type { Settlement } from './settle';
export type Baseline = Quantity & {
    /** The share that the runs saved against it; null where it is not above 0. */
    readonly saved: Saving | null;
};
/** The runs of one job under one signal. */
export interface JobRow {
    readonly job: string;
    /** Null: these runs followed no grid, and nothing is known of what they emitted. */
    readonly signal: Signal | null;
    readonly runs: number;
    readonly failedRuns: number;
    readonly joules: number;
    readonly seconds: number;
    /** Null without a signal. */
    readonly emitted: Quantity | null;
    /** Shares of the joules. */
    readonly coverage: number | null;
    readonly statusShares: Readonly<Record<GridInterval['status'], number>> | null;
    /** Of the runs that can be compared; null where none can. */
    readonly compared: {
        readonly runs: number;
        readonly slowdown: number;
        readonly emitted: Quantity;
        readonly maxPower: Baseline;
        readonly staticCap: Baseline;
    } | null;
}
/** What all jobs together emitted in one day (UTC) of one signal. */
export interface DayRow {
    readonly day: string;
    readonly signal: Signal;
    readonly runs: number;
    readonly emitted: Quantity;
    readonly compared: {
        readonly emitted: Quantity;
        readonly maxPower: Quantity;
        readonly staticCap: Quantity;
    } | null;
}
export interface Report {
    readonly from: string;
    readonly to: string;
    readonly jobs: readonly JobRow[];
    readonly days: readonly DayRow[];
    readonly read: Reading;
    readonly settlement: Settlement;
    readonly methods: readonly string[];
    readonly notWhatItIs: readonly string[];
}
//# sourceMappingURL=rows.d.ts.map