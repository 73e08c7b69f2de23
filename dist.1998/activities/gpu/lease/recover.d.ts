import { type Holder } from './journal';
import type { LimitDriver } from './limits';
import type { Restored } from './outcome';
/** Settles every journal whose holder is gone; those of living ones are left to them and not in the answer. */
export declare function recoverAll(directory: string, driver: LimitDriver): Promise<readonly Restored[]>;
/** Undefined without a debt, or while somebody holds the GPU. */
export declare function recoverOne(directory: string, driver: LimitDriver, uuid: string): Promise<Restored | undefined>;
export interface LeaseListing {
    readonly uuid: string;
    /** False: the holder is gone and left a debt. */
    readonly held: boolean;
    /** Undefined if it cannot be read. */
    readonly holder: Holder | undefined;
    /** Undefined until the holder first changes the limit, or if the journal cannot be read. */
    readonly originalWatts: number | undefined;
    readonly oursWatts: readonly number[];
}
/** Every GPU that is held or whose limit a dead holder left behind. */
export declare function listLeases(directory: string): Promise<readonly LeaseListing[]>;
/** GPUs whose limit somebody moved under a lease, so that it was not put back. */
export declare function listForeign(directory: string): Promise<readonly string[]>;
//# sourceMappingURL=recover.d.ts.map