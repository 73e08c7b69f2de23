/** Holding GPUs for a run: nobody else sets their limits meanwhile, and the prior limits come back whatever happens. */
import type { LeaseRecord } from '../../policy/facts';
import type { GpuDriver } from './driver';
import type { LimitSet } from './lease/powerLease';
import { type LeaseOptions } from './lease/withPowerLease';
export interface HeldPower {
    /** Sets one limit, in watts, on all GPUs of the run or on none. */
    setPowerLimit(watts: number): Promise<LimitSet>;
}
export interface Holding {
    readonly runId: string;
    readonly gpuUuids: readonly string[];
    /** Told once the limits are put back, or are left to others to put back; before `hold` answers or throws. */
    readonly record?: (leases: readonly LeaseRecord[]) => void;
}
export interface GpuHolder {
    /** @throws GpuBusy while another run holds one of the GPUs */
    hold<T>(holding: Holding, work: (power: HeldPower) => Promise<T>): Promise<T>;
    /** UUIDs of the GPUs that runs of this host hold now, whatever process they belong to. */
    held(): Promise<ReadonlySet<string>>;
}
/** For hardware whose limits outlive this process: kernel lock, journal, sentinel. */
export declare function holdByLease(driver: GpuDriver, options?: Omit<LeaseOptions, 'runId'>): GpuHolder;
/** For simulated GPUs, which die with this process: nothing outlives it that would have to be put back. */
export declare function holdInMemory(driver: GpuDriver): GpuHolder;
//# sourceMappingURL=hold.d.ts.map