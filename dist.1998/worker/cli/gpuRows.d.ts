/** GPUs as people and programs are told of them: what the driver says, and who holds them. */
import type { GpuDriverAttempt, GpuDriverKind } from '../../activities/gpu/auto';
import { type GpuReport } from '../../activities/gpu/report';
import { type LeaseListing } from '../../activities/gpu/lease/recover';
export interface GpuRow {
    readonly uuid: string;
    readonly model: string;
    readonly driver: GpuDriverKind;
    readonly minWatts: number | null;
    readonly maxWatts: number | null;
    readonly defaultWatts: number | null;
    readonly limitWatts: number | null;
    readonly enforcedWatts: number | null;
    readonly energy: GpuReport['energy'];
    readonly persistence: boolean | null;
    readonly mig: boolean | null;
    /** Programs that compute on it now. */
    readonly processes: number | null;
    readonly state: 'free' | 'held' | 'owed' | 'shared' | 'unusable';
    readonly lease: LeaseRow | null;
    /** Why no run may use it, and the remedy. */
    readonly reason: string | null;
}
export interface LeaseRow {
    /** False: the holder is gone, and the limit has to be put back. */
    readonly held: boolean;
    readonly runId: string | null;
    readonly pid: number | null;
    readonly since: string | null;
    readonly originalWatts: number | null;
}
export interface Seen {
    readonly kind: GpuDriverKind;
    readonly reports: readonly GpuReport[];
}
/** What the driver that works sees; without one, what any saw. */
export declare function seenBy(attempts: readonly GpuDriverAttempt[]): Seen | undefined;
export declare function gpuRow(driver: GpuDriverKind, report: GpuReport, listing: LeaseListing | undefined): GpuRow;
export declare function holderText({ runId, pid }: LeaseRow): string;
/** Leases by GPU; none, with a word why, where this user may not look. */
export declare function leasesIn(directory: string, complain: (text: string) => void): Promise<ReadonlyMap<string, LeaseListing>>;
//# sourceMappingURL=gpuRows.d.ts.map