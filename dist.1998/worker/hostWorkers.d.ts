/** The workers that a GPU host runs beside the one with the workflows: one claims GPUs, one trains. */
import { Worker, type WorkerOptions } from '@temporalio/worker';
import type { HostActivities } from '../activities';
declare const sharedKeys: readonly ["connection", "namespace", "identity", "dataConverter", "interceptors", "shutdownGraceTime", "shutdownForceTime", "maxHeartbeatThrottleInterval", "defaultHeartbeatThrottleInterval"];
export type SharedOptions = Pick<WorkerOptions, (typeof sharedKeys)[number]>;
/** Those of the main worker's options that hold for its companions too. Temporal takes no option that is undefined. */
export declare function sharedOptions(options: WorkerOptions): SharedOptions;
export declare function hostQueues(taskQueue: string, { host }: HostActivities): readonly string[];
export declare function createHostWorkers(taskQueue: string, host: HostActivities, shared: SharedOptions): Promise<readonly Worker[]>;
/**
 * Runs `main` and its companions until `main` has ended. Whichever of them stops, stops all: a host that only claims would hold up
 * whoever it claims for.
 */
export declare function runTogether(main: Worker, runMain: () => Promise<void>, createOthers: () => Promise<readonly Worker[]>): Promise<void>;
export {};
//# sourceMappingURL=hostWorkers.d.ts.map