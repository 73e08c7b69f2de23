/** A recorded job on a recorded GPU: a run takes the epochs of a recorded run, drawn uniformly; nothing else is random. */
import type { Job } from '../policy/facts';
import type { PowerRow, TrainRow } from './traceRows';
import { type World } from './world';
export interface TraceWorld extends World {
    readonly target: number;
    /** Sizes that only one of the two files has: they cannot be played. */
    readonly excludedBatchSizes: readonly number[];
}
/** The rows of one job; `job.batchSizes` are those in both. */
export interface Recording {
    readonly job: Job;
    readonly gpuModel: string;
    readonly samplesPerEpoch: number | null;
    readonly target: number;
    readonly train: readonly TrainRow[];
    readonly power: readonly PowerRow[];
}
export declare function createTraceWorld(recording: Recording): TraceWorld;
//# sourceMappingURL=traceWorld.d.ts.map