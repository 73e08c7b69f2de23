/**
 * GPUs by Zeus's daemon, so that the worker needs no privilege. Where NVML can be loaded it reads (anyone may, exactly and at
 * once) and the daemon only sets; where it cannot, the daemon does both.
 */
import { type BoardOptions } from './boards';
import { type ReportingGpuDriver } from './report';
import { type ZeusdClientOptions } from './zeusdClient';
export interface ZeusdOptions extends BoardOptions, Omit<ZeusdClientOptions, 'socketPath'> {
    readonly socketPath?: string;
    /** The NVML to read by; a path, or a name that dlopen searches for. */
    readonly nvmlLibrary?: string;
}
/** Rejects where no daemon answers. */
export declare function openZeusd({ socketPath, nvmlLibrary, ...options }?: ZeusdOptions): Promise<ReportingGpuDriver>;
//# sourceMappingURL=zeusd.d.ts.map