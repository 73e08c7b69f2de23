import type { Gpus } from '../../policy/facts';
import { type JobSpec } from '../../workflows/contracts';
import type { GridView } from '../carbon/gridWatch';
import type { GpuPool } from './pool';
/** GPUs for one run, or for its part on one host, and the task queue of the host that has them. */
export interface Claim {
    readonly taskQueue: string;
    /** Absent from claims of version 0.1. */
    readonly host?: string;
    readonly gpus: Gpus;
    readonly gpuUuids: readonly string[];
    /** What the host knows of its grid, if the job follows it. */
    readonly grid?: GridView;
}
/** Which part of a run over several hosts a claim is for. */
export interface Part {
    readonly rank: number;
    /** Hosts that have their part already. */
    readonly besides: readonly string[];
    readonly model?: string;
    /** The instant that the recurrence stands for. */
    readonly slot?: string;
}
export interface ClaimSettings {
    readonly pool: GpuPool;
    readonly host: string;
    /** Of the grid that the host draws from, at a slot's instant or, for real hardware, now. */
    readonly viewGrid?: ((slot: string | undefined) => Promise<GridView>) | undefined;
}
export declare function createClaimActivities({ pool, host, viewGrid }: ClaimSettings): {
    claimGpus(spec: JobSpec, part?: Part): Promise<Claim>;
};
export type ClaimActivities = ReturnType<typeof createClaimActivities>;
/** A recurrence trains once at a time: its claims on a host are all one. */
export declare function runKey(rank?: number): string;
//# sourceMappingURL=claim.d.ts.map