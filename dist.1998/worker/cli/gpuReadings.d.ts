/** One look after the other at all GPUs of a driver: what they say, what they drew since the look before. */
import type { FoundGpuDriver } from '../../activities/gpu/auto';
import { type GpuRow, type leasesIn } from './gpuRows';
export interface GpuReading extends GpuRow {
    readonly at: string;
    /** Mean since the tick before; null on the first, and where energy cannot be read. */
    readonly drawWatts: number | null;
}
/** Reads all GPUs once; those that are gone stay, with the reason. */
export declare function createLook({ kind, driver }: Pick<FoundGpuDriver, 'kind' | 'driver'>, leases: () => ReturnType<typeof leasesIn>): () => Promise<readonly GpuReading[]>;
//# sourceMappingURL=gpuReadings.d.ts.map