/**
 * Which UUID a GPU of zeusd has: the daemon tells none. By the address on the bus where it tells that; else by index, but only
 * if it and NVML here see the same GPUs in the same order (in a container NVML may see a part, counted from 0 again).
 */
import type { ZeusdGpu } from './zeusdClient';
export interface LocalGpu {
    readonly uuid: string;
    readonly name: string;
    readonly pciAddress: string;
}
/** `undefined`: it cannot be told apart. */
export declare function uuidFor(gpu: ZeusdGpu, all: readonly ZeusdGpu[], local: readonly LocalGpu[]): string | undefined;
//# sourceMappingURL=zeusdIdentity.d.ts.map