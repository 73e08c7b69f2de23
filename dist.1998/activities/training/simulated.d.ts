import type { World } from '../../simulation/world';
import type { SimulatedGpus } from '../gpu/simulated';
import type { Trainer } from './trainer';
export interface SimulatedTrainerOptions {
    /** Worlds of one GPU model; a job's `trainer.dataset` names the one it trains in. */
    readonly worlds: readonly World[];
    readonly gpus: SimulatedGpus;
    /** Simulated seconds per real second. */
    readonly speed: number;
}
export declare function createSimulatedTrainer(options: SimulatedTrainerOptions): Trainer;
//# sourceMappingURL=simulated.d.ts.map