import type { DriverDescription } from './driverDescription';
import type { Holder } from './journal';
export interface SentinelOptions {
    /** The driver that the lease was given, for the sentinel to make its own. */
    readonly driver: DriverDescription;
    /** An event loop that stands still for so long is taken for hung and its process killed. */
    readonly hungAfterSeconds?: number;
}
export interface Sentinel {
    /** Unfinished: a limit could not be put back, let the sentinel go on trying. */
    end(how: 'done' | 'unfinished'): Promise<void>;
}
interface Guarded {
    readonly directory: string;
    readonly uuids: readonly string[];
    readonly holder: Holder;
}
/** Answers once the sentinel stands by: nothing may be changed before. */
export declare function startSentinel(options: SentinelOptions, guarded: Guarded): Promise<Sentinel>;
export {};
//# sourceMappingURL=startSentinel.d.ts.map