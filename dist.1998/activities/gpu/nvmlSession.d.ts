import { type NvmlDevice, type NvmlLibrary } from './nvmlLibrary';
export interface NvmlSession {
    readonly library: NvmlLibrary;
    /** What NVML counts: GPUs, and those it no longer reaches. */
    devices(): Promise<readonly SessionDevice[]>;
    /** Asks one GPU, again after a new start where the driver was reloaded. */
    ask<T>(uuid: string, question: (device: NvmlDevice) => T | Promise<T>): Promise<T>;
}
export type SessionDevice = {
    readonly uuid: string;
} | Unreachable;
/** NVML counts it but cannot even name it. */
export interface Unreachable {
    readonly index: number;
    readonly failure: string;
}
export declare function openNvmlSession(file: string): Promise<NvmlSession>;
//# sourceMappingURL=nvmlSession.d.ts.map