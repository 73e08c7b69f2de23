import type { Hardware } from '../activities/hardware';
import type { WorkerConfig } from './config';
export interface WorkerHardware extends Hardware {
    /** Puts right what dead workers left on this host: power limits, trainers. To be done before work is taken. */
    recover(): Promise<void>;
}
export type Say = (message: string, level: 'info' | 'warn') => void;
/**
 * @throws WattbanditError `invalid` for recordings that cannot be read or hold no job
 * @throws GpuError if no driver reaches a GPU
 */
export declare function hardwareFor({ host, hardware, carbon }: WorkerConfig, say?: Say): Promise<WorkerHardware>;
//# sourceMappingURL=hardware.d.ts.map