import type { Observation } from '../../policy/facts';
import type { Decision } from '../../policy/policy';
import { type JobSpec } from '../../workflows/contracts';
import { type Claim } from '../gpu/claim';
import type { GpuDriver } from '../gpu/driver';
import type { GpuHolder } from '../gpu/hold';
import type { GpuPool } from '../gpu/pool';
import type { RunsUnderWay } from './underWay';
import type { Trainer, TrainingNode } from './trainer';
export interface TrainInput {
    readonly spec: JobSpec;
    readonly slot: string;
    readonly attempt: number;
    readonly decision: Decision;
    readonly claim: Claim;
    /** This host's place among those of the run; absent where it is alone. The first one leads. */
    readonly node?: TrainingNode;
}
/** Two runs over several hosts that each hold a part of what both need would wait for each other for ever. */
export declare const preparationMs = 30000;
export interface TrainHardware {
    readonly gpus: GpuDriver;
    readonly trainer: Trainer;
    readonly holder: GpuHolder;
    readonly pool: GpuPool;
    readonly underWay: RunsUnderWay;
}
export declare function createTrainActivities(hardware: TrainHardware): {
    train(input: TrainInput): Promise<Observation>;
};
export type TrainActivities = ReturnType<typeof createTrainActivities>;
//# sourceMappingURL=train.d.ts.map