/** The whole experiment as one function: policies against each other on recorded or synthetic jobs. */
import type { Objective } from '../policy/facts';
import { type Contender } from './contenders';
import { type Report } from './report';
import type { JobOverrides } from './traceJobs';
export interface SimulationOptions extends JobOverrides {
    /** Where `summary_train.csv` and the power files are; not needed for synthetic jobs. */
    readonly tracesDirectory?: string;
    /** All in the directory if left out. */
    readonly gpus?: readonly string[];
    readonly jobs?: readonly string[];
    /** Names (zeus, wattbandit, oracle, default) or your own. */
    readonly policies: readonly (string | Contender)[];
    readonly seeds: number;
    /** Lengths at which the figures are taken; the longest is played. */
    readonly recurrences: readonly number[];
    readonly eta: number;
    /** Bounds besides η. */
    readonly objective?: Omit<Objective, 'eta'>;
    readonly scenario?: string;
    /** So many synthetic jobs instead of the recorded ones. */
    readonly synthetic?: number;
    readonly onProgress?: (progress: {
        readonly done: number;
        readonly total: number;
        readonly name: string;
    }) => void;
}
export declare function simulate(options: SimulationOptions): Report;
//# sourceMappingURL=simulate.d.ts.map