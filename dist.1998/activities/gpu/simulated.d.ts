/** Simulated GPUs: limits are remembered, energy is what a simulated trainer says was drawn. For hosts without a GPU. */
import type { Gpus } from '../../policy/facts';
import type { GpuDriver } from './driver';
export interface SimulatedGpusOptions extends Gpus {
    /** What one draws all the time, as far as its limit allows; nothing unless given. For a real trainer, which draws nothing. */
    readonly drawWatts?: number;
}
export interface SimulatedGpus extends GpuDriver {
    /** Adds energy to a GPU's counter, as training on it would. */
    draw(uuid: string, joules: number): void;
}
export declare function createSimulatedGpus({ model, count, powerLimitsWatts, drawWatts, }: SimulatedGpusOptions): SimulatedGpus;
//# sourceMappingURL=simulated.d.ts.map