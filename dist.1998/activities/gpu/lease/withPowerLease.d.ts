/**
 * Holds GPUs for the time of one piece of work and puts their power limit back, whatever dies: here when the work ends or
 * fails, in the sentinel when this process is killed, by `recoverAll` when both are.
 */
import type { LeaseRecord } from '../../../policy/facts';
import type { GpuDriver } from '../driver';
import type { LimitRange } from '../limits';
import { type WriteFile } from './durably';
import { type Restored } from './outcome';
import { PowerLease } from './powerLease';
import { type SentinelOptions } from './startSentinel';
export type Report = (restored: readonly Restored[]) => void;
export interface LeaseOptions {
    /** Named to those who find the GPU busy. */
    readonly runId: string;
    /** One for all workers of the host; see `directory.ts` for the default. */
    readonly directory?: string;
    /** What an operator allows on this host, whatever the hardware takes. */
    readonly site?: Partial<LimitRange>;
    /** Without it, only the next worker's start survives a SIGKILL. */
    readonly sentinel?: SentinelOptions;
    /** Told what became of every limit that this lease, or a dead one before it, had changed. */
    readonly report?: Report;
    /** Told the same as facts of this one lease, after all is put back. */
    readonly record?: (leases: readonly LeaseRecord[]) => void;
    readonly writeFile?: WriteFile;
}
/**
 * Answers what `work` does. A limit that cannot be put back is reported and handed to the sentinel, and does not cost the
 * work its result: the next lease on that GPU, or the next start, tries again before anything else.
 * @throws GpuBusy while another run holds one of the GPUs
 */
export declare function withPowerLease<T>(driver: GpuDriver, gpuUuids: readonly string[], options: LeaseOptions, work: (lease: PowerLease) => Promise<T>): Promise<T>;
//# sourceMappingURL=withPowerLease.d.ts.map