import { type Finding } from './checks';
import { type GpuOptions } from './gpuOptions';
export declare function gpuChecks(options: GpuOptions): Promise<readonly Finding[]>;
//# sourceMappingURL=gpuChecks.d.ts.map