import type { ExitCode } from './failures';
import { type GpuOptions } from './gpuOptions';
import type { Output } from './output';
export interface RestoreOptions {
    readonly all?: boolean;
    readonly dryRun?: boolean;
    readonly force?: boolean;
}
export declare function restoreGpus(output: Output, wanted: readonly string[], options: GpuOptions & RestoreOptions): Promise<ExitCode>;
//# sourceMappingURL=gpuRestore.d.ts.map