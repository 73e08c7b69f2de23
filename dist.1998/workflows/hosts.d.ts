import type { Claim } from '../activities/gpu/claim';
import type { TrainInput } from '../activities/training/train';
import type { Observation } from '../policy/facts';
/** How the activities of a run are to be run on their host. */
export declare function onHost({ spec, decision }: TrainInput, { taskQueue }: Claim): {
    readonly taskQueue: string;
    /** With every retry: when the lease is over, the bandit takes the run for lost. */
    readonly scheduleToCloseTimeout: `${number}s`;
    /** Nobody else serves this queue: a host that does not come back must not hold the slot for ever. */
    readonly scheduleToStartTimeout: '15m';
    readonly heartbeatTimeout: `${number}s`;
    readonly cancellationType: "WAIT_CANCELLATION_COMPLETED";
    readonly summary: `batch size ${number}, exploit` | `batch size ${number}, explore` | `batch size ${number}, first` | `batch size ${number}, pinned` | `batch size ${number}, retry`;
};
/** `claims` by rank. @throws what went wrong on the host that failed first */
export declare function trainOnHosts(run: TrainInput, claims: readonly Claim[]): Promise<Observation>;
//# sourceMappingURL=hosts.d.ts.map