/** What is believed of the epochs that each batch size needs: a curve of ln epochs, shared by all GPU models. */
import type { Job } from './facts';
import { type Datum, type Gaussian } from './gaussianProcess';
import { type Memory } from './memory';
import type { Parameters } from './parameters';
/** Batch sizes in the order of all lists of beliefs, and how many doublings each is from the default. */
export interface Grid {
    readonly sizes: readonly number[];
    readonly doublings: readonly number[];
}
export interface EpochBelief extends Gaussian {
    /** Variance of ln epochs between two runs of one size. */
    readonly runVariance: number;
}
/** The job's sizes, and one that was chosen although it is not among them. */
export declare function gridFor(job: Job, alsoBatchSize?: number): Grid;
/** Runs in flight count as seen for how sure we are, not for what we believe. `shape`: ln epochs, all off by one amount. */
export declare function believeEpochs(memory: Memory, grid: Grid, parameters: Parameters, inFlight?: readonly number[], shape?: readonly Datum[]): EpochBelief;
//# sourceMappingURL=epochs.d.ts.map