import { type Audit, type ReadTo } from './audit';
/** A chain that holds. */
export interface AuditFile {
    readonly job: string;
    readonly exportedAt: string;
    readonly previous: string;
    readonly entries: number;
    /** Of its seal, over all before it. */
    readonly hash: string;
    readonly readTo: ReadTo;
}
export type Read = {
    readonly ok: true;
    readonly file: AuditFile;
}
/** `line` counts from 1. */
 | {
    readonly ok: false;
    readonly line: number;
    readonly why: string;
};
interface Exported {
    readonly job: string;
    readonly exportedAt: string;
    readonly audit: Audit;
    /** The one that this one goes on from. */
    readonly earlier?: AuditFile | undefined;
}
export declare function auditText({ job, exportedAt, audit, earlier }: Exported): string;
export declare function readAudit(bytes: Buffer): Read;
export {};
//# sourceMappingURL=file.d.ts.map