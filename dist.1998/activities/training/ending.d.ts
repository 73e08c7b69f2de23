import type { Gpus, Outcome, PowerMeasurement } from '../../policy/facts';
import type { Decision } from '../../policy/policy';
import type { JobSpec } from '../../workflows/contracts';
import type { Reading } from '../gpu/profileWindow';
export interface RunPlan {
    readonly decision: Decision;
    readonly spec: JobSpec;
    readonly gpus: Gpus;
}
export interface Ending {
    readonly outcome: Outcome;
    readonly detail?: string;
    readonly reachedEpochLimit: boolean;
}
/** What is known of a run when one of its epochs was evaluated. */
export interface Standing {
    readonly epoch: number;
    readonly metric: number;
    readonly wholeEpochs: number;
    readonly reading: Reading;
    /** Its average at the limit that it holds, if it holds one yet. */
    readonly running: PowerMeasurement | undefined;
}
/** Undefined if it goes on. */
export declare function endingAfter(standing: Standing, plan: RunPlan): Ending | undefined;
//# sourceMappingURL=ending.d.ts.map