import { type BoardOptions } from './boards';
import { type ReportingGpuDriver } from './report';
export interface AmdgpuOptions extends BoardOptions {
    /** Where the kernel shows its graphics cards. */
    readonly root?: string;
    readonly sampleSeconds?: number;
}
export declare function createAmdgpu({ root, sampleSeconds, ...options }?: AmdgpuOptions): ReportingGpuDriver;
//# sourceMappingURL=amdgpu.d.ts.map