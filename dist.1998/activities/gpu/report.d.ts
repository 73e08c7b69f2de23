/** What is known of each GPU of a host, usable or not: for people who ask why. */
import type { GpuDriver } from './driver';
import type { LimitRange } from './limits';
export interface GpuReport {
    readonly uuid: string;
    readonly model: string;
    /** Absent where the hardware has no settable limit. */
    readonly limits?: PowerLimits | undefined;
    /** `integrated`: no trustworthy counter, so power is sampled and summed, less exactly. */
    readonly energy: 'counter' | 'integrated' | 'none';
    /** Off: the limit is lost whenever no process uses the GPU. */
    readonly persistence?: boolean | undefined;
    readonly mig?: boolean | undefined;
    /** How many programs compute on it now, ours included. */
    readonly processes?: number | undefined;
    /** Why no run may use it, and the remedy; absent where one may. */
    readonly unusable?: string | undefined;
}
export interface PowerLimits extends LimitRange {
    readonly currentWatts: number;
    readonly defaultWatts?: number | undefined;
    /** Below the current limit where something outside the driver, such as a BMC, caps the board. */
    readonly enforcedWatts?: number | undefined;
}
/** A driver that can also say what it sees. */
export interface ReportingGpuDriver extends GpuDriver {
    describe(): Promise<readonly GpuReport[]>;
}
/** What rules a GPU out whatever drives it. */
export declare function unusableBecause({ uuid, limits, mig }: Pick<GpuReport, 'uuid' | 'limits' | 'mig'>): string | undefined;
/**
 * Why a GPU that no run of ours holds is left out all the same, and the remedy. A limit would slow the others' programs, and
 * their energy would count as the run's.
 */
export declare function sharedBecause({ uuid, processes }: Pick<GpuReport, 'uuid' | 'processes'>): string | undefined;
/** A GPU that is there and does not answer. */
export declare function unreadable(uuid: string, error: unknown): GpuReport;
//# sourceMappingURL=report.d.ts.map