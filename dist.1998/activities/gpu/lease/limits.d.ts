/** Power limits through the port: set and believed only when read back, on one GPU or on all of them or on none. */
import type { GpuDriver } from '../driver';
import type { LimitRange } from '../limits';
/** All that putting back a limit takes. */
export type LimitDriver = Pick<GpuDriver, 'powerLimitWatts' | 'setPowerLimit'>;
export interface Limit {
    readonly uuid: string;
    readonly watts: number;
}
export declare function isSame(a: number, b: number): boolean;
export declare function isNear(a: number, b: number): boolean;
/** Answers the limit in force. */
export declare function setAndReadBack(driver: LimitDriver, { uuid, watts }: Limit): Promise<number>;
/** Sets one limit on all GPUs; if one refuses, the others get back what they had. Answers the limit in force. */
export declare function setAll(driver: GpuDriver, before: readonly Limit[], watts: number): Promise<number>;
/** What all GPUs take and the site allows. */
export declare function commonRange(driver: GpuDriver, uuids: readonly string[], site: Partial<LimitRange>): Promise<LimitRange>;
/** In whole milliwatts, as drivers count. */
export declare function clamp(watts: number, { minWatts, maxWatts }: LimitRange): number;
//# sourceMappingURL=limits.d.ts.map