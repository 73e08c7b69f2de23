/**
 * The power limit of the GPUs that one run holds. Everything that changes it goes through here, one change after the other:
 * journal, compare, set, read back; at the end the prior limit, also after a change that nobody awaited.
 */
import type { GpuDriver } from '../driver';
import type { LimitRange } from '../limits';
import type { WriteFile } from './durably';
import { type Holder } from './journal';
import type { Restored } from './outcome';
export type LimitSet = 
/** In force on all GPUs, perhaps clamped or rounded. */
{
    readonly kind: 'set';
    readonly watts: number;
}
/** Somebody else moved this GPU's limit: nothing was changed, nor will be while it stays. */
 | {
    readonly kind: 'foreign';
    readonly uuid: string;
    readonly watts: number;
};
export interface LimitChange {
    readonly uuid: string;
    readonly priorWatts: number | undefined;
    readonly setWatts: readonly number[];
}
export interface Grounds {
    readonly driver: GpuDriver;
    readonly directory: string;
    readonly uuids: readonly string[];
    readonly range: LimitRange;
    readonly bootId: string;
    readonly holder: Holder;
    readonly write: WriteFile;
}
export declare class PowerLease {
    #private;
    constructor(grounds: Grounds);
    get uuids(): readonly string[];
    /** Of every GPU, what its limit was and what it was to be; without a prior limit where nothing was changed. */
    get changes(): readonly LimitChange[];
    /** Sets one limit on all GPUs, or on none. */
    setPowerLimit(watts: number): Promise<LimitSet>;
    /** For the one who opened the lease. Restores what was changed and refuses changes from now on. */
    end(): Promise<readonly Restored[]>;
}
//# sourceMappingURL=powerLease.d.ts.map