import { type Command } from 'commander';
import { type GpuDriverAttempt, type GpuDriverKind } from '../../activities/gpu/auto';
import type { GpuDriver } from '../../activities/gpu/driver';
export interface DriverChoice {
    readonly kind: GpuDriverKind | 'auto';
    /** A library, a socket, a directory or a program, as the driver has it; where it usually is unless given. */
    readonly place?: string | undefined;
}
export interface GpuOptions {
    readonly driver: DriverChoice;
    readonly zeusdToken?: string;
    readonly leases?: string;
}
export declare function addGpuOptions(command: Command): Command;
/** Every driver that was tried, the one that works last. */
export declare function tryDrivers({ driver: { kind, place }, zeusdToken: token }: GpuOptions): Promise<readonly GpuDriverAttempt[]>;
/**
 * The first driver that sees GPUs, usable for runs or not: a limit is put back also where no run may go any more.
 * @throws GpuError `absent` if there is none
 */
export declare function driverThatSees(options: GpuOptions): Promise<GpuDriver>;
export declare function noGpuText(attempts: readonly GpuDriverAttempt[]): string;
export declare function attemptText({ kind, driver, remark }: GpuDriverAttempt): string;
export declare function leaseDirectoryOf({ leases }: GpuOptions): Promise<string>;
//# sourceMappingURL=gpuOptions.d.ts.map