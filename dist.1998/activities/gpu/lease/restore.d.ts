import { type Journal } from './journal';
import { type LimitDriver } from './limits';
import type { Restored } from './outcome';
export interface Place {
    readonly directory: string;
    readonly driver: LimitDriver;
    readonly waitsMs?: readonly number[];
}
/** Settles what the journal on disk says; undefined without one. */
export declare function settleFromDisk(place: Place, uuid: string): Promise<Restored | undefined>;
/** Puts the limit back and the journal away. Never throws: what fails is kept for the next try. */
export declare function settle(place: Place, journal: Journal): Promise<Restored>;
/** What is to become of a limit that reads so many watts now; `restored` where it has to be put back. */
export declare function outcomeAt(current: number, { uuid, originalWatts, oursWatts }: Journal): Restored;
//# sourceMappingURL=restore.d.ts.map