/** The figures of an experiment, per job and over jobs. */
import type { Recurrence } from './experiment';
export interface Result {
    readonly gpu: string;
    readonly job: string;
    readonly policy: string;
    readonly recurrences: number;
    readonly seeds: number;
    /** How many recurrences' worth of the oracle's cost were wasted; mean over seeds, and half of its 95 % interval. */
    readonly regret: {
        readonly mean: number;
        readonly ci95: number;
    };
    readonly costOverOracle: number;
    /** The same over the last 20 recurrences. */
    readonly tailCostOverOracle: number;
    /** Over the default batch size at maximum power. */
    readonly energyVsDefault: number;
    readonly timeVsDefault: number;
    /** Runs that did not reach the target, mean over seeds. */
    readonly failedRuns: number;
    /** Sizes that only one of the two trace files has. */
    readonly excludedBatchSizes: readonly number[];
}
export interface Summary {
    readonly policy: string;
    readonly recurrences: number;
    readonly jobs: number;
    /** Mean over jobs. */
    readonly regret: number;
    /** Over Zeus's mean regret, and the largest such ratio of one job; null without Zeus or without regret of his. */
    readonly ratioToZeus: number | null;
    readonly worstRatioToZeus: number | null;
    readonly tailCostOverOracle: number;
    readonly worstTailCostOverOracle: number;
    readonly failedRuns: number;
}
export interface Report {
    readonly schemaVersion: 1;
    readonly results: readonly Result[];
    readonly summary: readonly Summary[];
}
type Figures = Omit<Result, 'gpu' | 'job' | 'policy' | 'excludedBatchSizes'>;
/** Of the first `recurrences` of each series. */
export declare function figuresOf(played: readonly (readonly Recurrence[])[], recurrences: number): Figures;
export declare function summarise(results: readonly Result[]): readonly Summary[];
export {};
//# sourceMappingURL=report.d.ts.map