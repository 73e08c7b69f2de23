/**
 * The GPUs of this host, as far as this process may give them to runs: first come, first served. What it remembers is a
 * courtesy between runs of one process; that no two runs ever share a GPU is the lease's doing.
 */
import type { Gpu, GpuDriver } from './driver';
import type { GpuHolder } from './hold';
export interface GpuPool {
    /**
     * Reserves GPUs of one model for a run, the same ones if it asks again, as soon as they are free. Undefined if they are not
     * for so long.
     */
    reserve(wanted: Wanted, patience: Patience): Promise<readonly Gpu[] | undefined>;
    /** Keeps GPUs from being reserved by others while `work` goes on, and gives them back after it. */
    occupy<T>(run: string, gpuUuids: readonly string[], work: () => Promise<T>): Promise<T>;
    /** The most GPUs of one model, or of this one, that this host could ever give. */
    capacity(model?: string): Promise<number>;
    /** Resolves when more GPUs are free than this, and nobody waits for them. Rejects when the signal is aborted. */
    untilMoreAreFreeThan(count: () => number, signal: AbortSignal): Promise<void>;
    /** Has other hosts take the next claim, if there are any. */
    rest(): void;
}
export interface Wanted {
    readonly run: string;
    readonly count: number;
    readonly model?: string | undefined;
}
export interface Patience {
    readonly milliseconds: number;
    readonly signal?: AbortSignal;
}
export declare function createGpuPool(driver: GpuDriver, holder: GpuHolder): GpuPool;
//# sourceMappingURL=pool.d.ts.map