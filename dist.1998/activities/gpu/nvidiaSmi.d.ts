/**
 * NVIDIA GPUs by the program `nvidia-smi`, for hosts where NVML cannot be loaded. It exits with 0 after warnings, so a set is
 * worth only what is read back. It has no energy counter: power is sampled, at the price of a process each time.
 */
import { type BoardOptions } from './boards';
import { type ReportingGpuDriver } from './report';
export interface NvidiaSmiOptions extends BoardOptions {
    readonly program?: string;
    /** Without persistence each call starts the driver first, which takes seconds. */
    readonly timeoutSeconds?: number;
    readonly sampleSeconds?: number;
}
export declare function createNvidiaSmi({ program, timeoutSeconds, sampleSeconds, ...options }?: NvidiaSmiOptions): ReportingGpuDriver;
//# sourceMappingURL=nvidiaSmi.d.ts.map