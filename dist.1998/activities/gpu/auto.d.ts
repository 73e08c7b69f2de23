/** Finds the driver for this host: the first that reaches a usable GPU, and why the ones before it do not. */
import { type AmdgpuOptions } from './amdgpu';
import type { BoardOptions } from './boards';
import { type NvidiaSmiOptions } from './nvidiaSmi';
import { type NvmlOptions } from './nvml';
import type { GpuReport, ReportingGpuDriver } from './report';
import { type ZeusdOptions } from './zeusd';
export declare const gpuDriverKinds: readonly ['zeusd', 'nvml', 'amdgpu', 'nvidiaSmi'];
export type GpuDriverKind = (typeof gpuDriverKinds)[number];
/** One driver, tried. */
export interface GpuDriverAttempt {
    readonly kind: GpuDriverKind;
    readonly reports: readonly GpuReport[];
    /** Present if it reaches a usable GPU. */
    readonly driver?: ReportingGpuDriver;
    /** Why it does not; or, if it does, what will not work all the same. */
    readonly remark?: string | undefined;
}
export interface AutoOptions extends BoardOptions {
    /** Those to try; all unless given. */
    readonly kinds?: readonly GpuDriverKind[];
    readonly zeusd?: ZeusdOptions;
    readonly nvml?: NvmlOptions;
    readonly amdgpu?: AmdgpuOptions;
    readonly nvidiaSmi?: NvidiaSmiOptions;
    readonly maySetNvidia?: () => boolean;
}
/**
 * Tries in order of preference and stops at the first that works, which is then the last of the result. zeusd comes first
 * because the worker then needs no privilege, nvidia-smi last because each call is a process and its text no interface.
 */
export declare function tryGpuDrivers(options?: AutoOptions): Promise<readonly GpuDriverAttempt[]>;
export interface FoundGpuDriver extends GpuDriverAttempt {
    readonly driver: ReportingGpuDriver;
    /** Those tried before it, with why they do not work. */
    readonly passedOver: readonly GpuDriverAttempt[];
}
/** The first driver that works; else an error with every reason. */
export declare function findGpus(options?: AutoOptions): Promise<FoundGpuDriver>;
/** Which driver was taken, and why not the ones before it, in a line for people. */
export declare function sayFound({ kind, reports, remark, passedOver }: FoundGpuDriver): string;
//# sourceMappingURL=auto.d.ts.map