/** NVIDIA GPUs by NVML, the library of the driver. Anyone may read; setting takes root or CAP_SYS_ADMIN. */
import { type Board, type BoardOptions } from './boards';
import { type NvmlSession } from './nvmlSession';
import { type ReportingGpuDriver } from './report';
export declare const nvmlLibraryName = "libnvidia-ml.so.1";
export interface NvmlOptions extends BoardOptions {
    /** A path, or a name that dlopen searches for. */
    readonly library?: string;
}
export declare function openNvml({ library, ...options }?: NvmlOptions): Promise<ReportingGpuDriver>;
export declare function nvmlBoardsOf(session: NvmlSession): () => Promise<readonly Board[]>;
//# sourceMappingURL=nvml.d.ts.map