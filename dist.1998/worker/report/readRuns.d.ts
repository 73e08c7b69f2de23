/** The runs of a period, out of Temporal: results of closed recurrences, and from ledgers the attempts that no result tells. */
import { type Client } from '@temporalio/client';
import type { JobClient } from '../client';
import { type Period, type ReportedRun } from './runs';
export interface Wanted {
    readonly period: Period;
    /** All unless given. */
    readonly jobs: readonly string[];
    /** The most results to read. */
    readonly mostRecurrences: number;
    readonly onProgress: (done: number, total: number) => void;
}
/** What was read, and what could not be. */
export interface Reading {
    readonly recurrences: number;
    /** Ended without a result: failed, cancelled, terminated. What their runs drew is known where a ledger tells it. */
    readonly withoutResult: number;
    /** Runs before the last one of a recurrence that no ledger tells of any more: their energy is missing. */
    readonly missingAttempts: number;
    /** Found, but more than may be read. */
    readonly leftOut: number;
    /** Closed in this period, but their grid's clock, as that of simulated runs, says another time. */
    readonly ofAnotherTime: number;
}
export interface ReadRuns {
    readonly runs: readonly ReportedRun[];
    readonly reading: Reading;
}
export declare function readRuns(client: Client, jobs: JobClient, wanted: Wanted): Promise<ReadRuns>;
//# sourceMappingURL=readRuns.d.ts.map