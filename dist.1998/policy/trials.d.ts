/** What trying each batch size is worth now: what it may save over the runs to come, and its price. */
import type { Belief, Beliefs } from './beliefs';
import type { Parameters } from './parameters';
import type { Ask } from './policy';
/** One row of the table. A `score` of null: it is the incumbent, or out of the question. */
export interface Trial {
    readonly belief: Belief;
    readonly gainJoules: number | null;
    readonly priceJoules: number | null;
    readonly score: number | null;
    readonly verdict: string;
}
/** Runs of this job that are still expected after this one. */
export declare function horizonOf(runs: number, { remainingRecurrences }: Ask, { horizon, horizonGrowth }: Parameters): number;
interface Weighing {
    readonly beliefs: Beliefs;
    readonly incumbent: Belief;
    readonly horizon: number;
    readonly ask: Ask;
    readonly parameters: Parameters;
}
/** One row for each batch size. Costs in joules; `worth trying` where the saving over the horizon exceeds the price. */
export declare function weighTrials(weighing: Weighing): Trial[];
export {};
//# sourceMappingURL=trials.d.ts.map