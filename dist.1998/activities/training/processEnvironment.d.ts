/** The environment of a trainer: what wattbandit tells it, and the few variables it inherits. Secrets stay with the worker. */
import { type ProcessSettings } from './processSettings';
import type { RunRequest } from './trainer';
export declare const reportDescriptor = 3;
export declare const requestDescriptor = 4;
export declare const socketVariable = "WATTBANDIT_REPORT_SOCKET";
/** What wattbandit tells the trainer; also what `${…}` in its command may name. */
export declare function variablesFor({ id, spec, batchSize, gpuUuids, node }: RunRequest, checkpointDirectory: string): {
    WATTBANDIT_JOB: string;
    WATTBANDIT_RUN_ID: string;
    WATTBANDIT_BATCH_SIZE: string;
    WATTBANDIT_DEFAULT_BATCH_SIZE: string;
    WATTBANDIT_MAX_EPOCHS: string;
    WATTBANDIT_TARGET_METRIC: string;
    WATTBANDIT_TARGET_VALUE: string;
    WATTBANDIT_TARGET_DIRECTION: "atLeast" | "atMost";
    WATTBANDIT_CHECKPOINT_DIR: string;
    WATTBANDIT_GPU_UUIDS: string;
    WATTBANDIT_NODE_RANK: string;
    WATTBANDIT_NODE_HOSTS: string;
    WATTBANDIT_REPORT_FD: string;
    WATTBANDIT_REQUEST_FD: string;
};
/** @throws ApplicationFailure `InvalidRequest` if the job wants a variable that this worker does not have */
export declare function inheritedBy(job: string, { env }: ProcessSettings, own: NodeJS.ProcessEnv): Record<string, string>;
//# sourceMappingURL=processEnvironment.d.ts.map