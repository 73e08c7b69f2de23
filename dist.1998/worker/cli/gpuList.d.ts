import { type ExitCode } from './failures';
import { type GpuOptions } from './gpuOptions';
import { type GpuRow } from './gpuRows';
import type { Output } from './output';
export declare function listGpus(output: Output, options: GpuOptions): Promise<ExitCode>;
export declare function stateText({ state, lease }: GpuRow): string;
//# sourceMappingURL=gpuList.d.ts.map