/** One GPU, as `doctor` sees it. */
import { type Finding } from './checks';
import type { GpuRow } from './gpuRows';
export declare function gpuFinding(row: GpuRow): Finding;
//# sourceMappingURL=gpuFinding.d.ts.map