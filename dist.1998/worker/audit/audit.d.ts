/** The audit of a job out of Temporal's histories: entries in the order of time, and how far each history was read. */
import type { Client } from '@temporalio/client';
import type { AuditEntry } from './entry';
/** Run ids, and the last event of each that an audit has told. */
export type ReadTo = Readonly<Record<string, number>>;
export interface Audit {
    /** False of a job that Temporal knows nothing of. */
    readonly found: boolean;
    readonly entries: readonly AuditEntry[];
    readonly readTo: ReadTo;
    /** Runs of the bandit whose history went before an audit read it: what they did is not told. */
    readonly missing: readonly string[];
}
export interface AuditOptions {
    /** Of an earlier audit, whose entries are not told again. */
    readonly readTo?: ReadTo;
    readonly onProgress?: (done: number, total: number) => void;
}
export declare function auditOf(client: Client, job: string, options?: AuditOptions): Promise<Audit>;
//# sourceMappingURL=audit.d.ts.map