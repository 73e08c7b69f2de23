import type { JobOverrides } from './traceJobs';
import type { TraceWorld } from './traceWorld';
export interface TraceOptions extends JobOverrides {
    /** Only these datasets; all that are in both files if left out. */
    readonly jobs?: readonly string[];
}
/** One world per job that is in `summary_train.csv` and in the GPU model's power file, in the train file's order. */
export declare function loadTraces(directory: string, gpuModel: string, options?: TraceOptions): readonly TraceWorld[];
/** The GPU models that a directory has power files of. */
export declare function listGpuModels(directory: string): readonly string[];
//# sourceMappingURL=traces.d.ts.map