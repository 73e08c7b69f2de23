import { type Memory } from './memory';
import { type Parameters } from './parameters';
import type { Ask } from './policy';
import type { Pace } from './powerLimit';
/** The part of an {@link Ask} that beliefs depend on. */
export type Question = Pick<Ask, 'job' | 'gpus' | 'objective' | 'inFlight' | 'pinnedBatchSize'>;
export interface Belief {
    /** In the list of all sizes. */
    readonly index: number;
    readonly batchSize: number;
    /** From the default batch size. */
    readonly doublings: number;
    /** It has converged at least once, and its epochs are known. */
    readonly proven: boolean;
    /** It has converged at least once, if only elsewhere. */
    readonly converges: boolean;
    /** Proven, or the default before it failed. */
    readonly trusted: boolean;
    /** It is not known to be too large for the memory of this GPU model. */
    readonly fits: boolean;
    /** Why it is out of the question whatever the incumbent costs, or null. */
    readonly ruledOut: string | null;
    /** The best of the limits measured on this GPU model, and whether its whole profile is known. */
    readonly powerLimitWatts: number | null;
    readonly swept: boolean;
    readonly pace: Pace;
    readonly epochs: number;
    /** Of ln cost per epoch. */
    readonly epochCostSd: number;
    /** ln joules of a run under the objective, the variance of that belief, and the expected joules. */
    readonly logCost: number;
    readonly variance: number;
    readonly costJoules: number;
    /** ln joules that its stopped runs prove it to cost at least; null where they prove nothing. */
    readonly logCostAtLeast: number | null;
    /** Of a run: at that limit, or at maximum power where none is known. */
    readonly seconds: number;
    /** Of a run at maximum power: expected, and so that 95 % should be shorter. */
    readonly soonestSeconds: number;
    readonly soonestLateSeconds: number;
}
export interface Beliefs {
    /** By ascending batch size. */
    readonly sizes: readonly Belief[];
    /** Of ln cost, between two of them. */
    readonly covariance: (one: Belief, other: Belief) => number;
    /** Variance of ln epochs between two runs of one size. */
    readonly runVariance: number;
    /** False before any run converged: then epochs, and with them all costs and durations, are unknown. */
    readonly epochsKnown: boolean;
    /** False while nothing was measured on this GPU model: then costs can be compared, but their joules are unknown. */
    readonly joulesKnown: boolean;
    /** The longest run that `maxSlowdown` allows; null without one, or while no epochs are known. */
    readonly slowdownSeconds: number | null;
}
/** What is believed of every batch size of the job, and of one that is pinned; under any objective. */
export declare function believe(memory: Memory, question: Question, parameters?: Parameters): Beliefs;
//# sourceMappingURL=beliefs.d.ts.map