/** Makes a GPU driver from single boards: what every adapter does alike, so that each need only know its own interface. */
import type { GpuCondition } from './driver';
import { type LimitRange } from './limits';
import type { GpuReport, ReportingGpuDriver } from './report';
/** One GPU as an adapter reaches it; failures are `GpuError`s without an action. */
export interface Board {
    readonly uuid: string;
    describe(): Promise<GpuReport>;
    /** Undefined where limits cannot be set. */
    range(): Promise<LimitRange | undefined>;
    limitWatts(): Promise<number>;
    setLimitWatts(watts: number): Promise<void>;
    energyJoules(): Promise<number>;
    /** Absent where nothing of it can be known. */
    condition?(): Promise<GpuCondition>;
}
export interface BoardOptions {
    /** The site's bounds on the limits that are offered. */
    readonly site?: Partial<LimitRange>;
}
/** `find` is asked again by each listing, for GPUs come and go with their driver. */
export declare function createBoardDriver(find: () => Promise<readonly Board[]>, { site }?: BoardOptions): ReportingGpuDriver;
//# sourceMappingURL=boards.d.ts.map