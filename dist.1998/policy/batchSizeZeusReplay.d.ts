import type { Job } from './facts';
/** One run that taught something. */
export interface ZeusTrial {
    readonly slot: string;
    readonly batchSize: number;
    readonly epochs: number;
    readonly joules: number;
    readonly seconds: number;
    readonly reached: boolean;
}
export interface ZeusRules {
    /** Runs are stopped at this multiple of the cheapest recurrence; null: never. */
    readonly beta: number | null;
    readonly pruningRounds: number;
    /** Results an arm needs before it is sampled. */
    readonly explorations: number;
    /** Latest results of an arm that count; 0: all. */
    readonly window: number;
}
/** Reward = −cost: `mean` in joules, `precision` in 1/J²; Infinity where all results are equal. */
export interface Arm {
    readonly batchSize: number;
    readonly results: number;
    readonly mean: number;
    readonly precision: number;
}
export type Stage = {
    readonly kind: 'pruning';
    readonly round: number;
    readonly awaited: number;
} | {
    readonly kind: 'arms';
    readonly batchSizes: readonly number[];
};
export interface ZeusBelief {
    readonly stage: Stage;
    readonly arms: readonly Arm[];
    /** Of the cheapest recurrence that reached the target, its failed tries included; null before. */
    readonly minCostJoules: number | null;
    /** The size of the cheapest run that reached the target; the default before. */
    readonly bestKnown: number;
}
export interface Pricing {
    readonly eta: number;
    readonly maxPowerWatts: number;
}
export declare function believe(job: Job, trials: readonly ZeusTrial[], pricing: Pricing, rules: ZeusRules): ZeusBelief;
//# sourceMappingURL=batchSizeZeusReplay.d.ts.map