/** What a source of imports says, row by row: read, and not yet held against the job that is to learn from it. */
import type { Observation } from '../../policy/facts';
/** An observation as far as its source tells it; null: it does not say. */
export interface RowFacts extends Pick<Observation, 'batchSize' | 'outcome' | 'seconds' | 'joules' | 'detail' | 'measurements' | 'outOfMemoryBatchSizes'> {
    readonly gpuModel: string | null;
    readonly powerLimitWatts: number | null;
    readonly epochs: number | null;
    /** ISO-8601 UTC. */
    readonly at: string | null;
}
export interface ReadRow {
    readonly kind: 'read';
    /** In words of the source, as `line 12` or `Trial 7`. */
    readonly place: string;
    /** What tells it from all other runs of its donor, and is the same whenever it is read. */
    readonly key: string;
    readonly facts: RowFacts;
    /** Why it may be wrong although it can be read. */
    readonly doubts: readonly string[];
}
export interface DroppedRow {
    readonly kind: 'dropped';
    readonly place: string;
    readonly why: string;
}
export type Row = ReadRow | DroppedRow;
/** Whose runs these are, as far as the source says. */
export interface Donor {
    /** Kind of source and job there, as `zeus-sqlite mnist-1a2b`. */
    readonly name: string;
    readonly target: {
        readonly value: number;
        readonly direction: 'atLeast' | 'atMost';
    } | null;
    /** GPUs of one run. */
    readonly gpuCount: number | null;
}
export interface Source {
    readonly donor: Donor;
    readonly rows: readonly Row[];
}
/** A file with more is another file by mistake, and no job would learn more from it. */
export declare const mostRows = 10000;
//# sourceMappingURL=rows.d.ts.map