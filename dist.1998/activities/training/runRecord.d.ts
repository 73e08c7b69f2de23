import { type ProcessIdentity } from './processTable';
export interface RunClaim {
    readonly token: string;
    readonly noteLeader: (leader: ProcessIdentity) => Promise<void>;
    /** False once a later start took over. */
    readonly isLatest: () => Promise<boolean>;
    readonly release: () => Promise<void>;
}
/** Claims the run of `directory`, once nothing of its earlier starts is alive on this host. */
export declare function claimRun(directory: string, worker: ProcessIdentity): Promise<RunClaim>;
/** Ends what workers that are gone left running. For the start of a worker, before it takes work. */
export declare function endOrphansIn(directory: string): Promise<void>;
/** Whether some worker trains in `directory`, or died while it did. */
export declare function isClaimed(directory: string): Promise<boolean>;
//# sourceMappingURL=runRecord.d.ts.map