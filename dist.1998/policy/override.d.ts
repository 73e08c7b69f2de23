/** The operator's word over the policy's: what may be said, which of it holds now, and what follows for a decision. */
import type { Job, Objective } from './facts';
/** What an operator may order. Watts are of one GPU. */
export type Order = {
    readonly kind: 'pinBatchSize';
    readonly batchSize: number;
} | {
    readonly kind: 'banBatchSize';
    readonly batchSize: number;
} | {
    readonly kind: 'pinPowerLimit';
    readonly powerLimitWatts: number;
} | {
    readonly kind: 'powerBound';
    readonly powerLimitWatts: number;
} | {
    readonly kind: 'eta';
    readonly eta: number;
} | {
    readonly kind: 'slowDownBound';
    readonly maxSlowdown: number;
}
/** Nothing new is tried, and what is observed meanwhile is still remembered: facts are facts. */
 | {
    readonly kind: 'pauseLearning';
}
/** As if wattbandit were not there: the default batch size at the highest limit. */
 | {
    readonly kind: 'pauseTuning';
}
/** Batch size and limit stay what they were last. */
 | {
    readonly kind: 'freeze';
}
/** Ends every pause and freeze. */
 | {
    readonly kind: 'resume';
};
export interface Override {
    /** Unique: the same one told twice is one. */
    readonly id: string;
    readonly order: Order;
    readonly reason: string;
    readonly who: string;
    /** False where nobody proved who he is. */
    readonly signed: boolean;
    readonly setAt: string;
    /** Null: until it is cleared. */
    readonly expiresAt: string | null;
}
/** By when they were set; of one instant, by id. The last one wins. */
export declare function inOrder(overrides: readonly Override[]): readonly Override[];
/** Those that hold at an instant: the newest of each kind, and of each banned size. */
export declare function activeAt(overrides: readonly Override[], at: string): readonly Override[];
/** The next instant at which one of them ends; null: none does. */
export declare function nextExpiry(active: readonly Override[]): string | null;
/** What the orders that hold mean together. */
export interface Standing {
    readonly pinnedBatchSize?: number;
    readonly bannedBatchSizes: readonly number[];
    readonly powerLimitWatts?: number;
    readonly maxPowerWatts?: number;
    readonly eta?: number;
    readonly maxSlowdown?: number;
    readonly exploration: boolean;
    readonly tuning: boolean;
    readonly frozen: boolean;
}
export declare function standingOf(active: readonly Override[]): Standing;
/** The job without what is banned. A default that is banned is replaced by the nearest size that is not; a ban of all bans nothing. */
export declare function jobUnder(job: Job, { bannedBatchSizes }: Standing): Job;
export declare function objectiveUnder(objective: Objective, { eta, maxSlowdown }: Standing): Objective;
/** What of it concerns a run that trains already. */
export type RunOrders = Pick<Standing, 'eta' | 'powerLimitWatts' | 'maxPowerWatts' | 'tuning'>;
export declare const noOrders: RunOrders;
export declare function runOrdersOf({ eta, powerLimitWatts, maxPowerWatts, tuning }: Standing): RunOrders;
/** The selectable limit to hold where the policy would hold `chosenWatts`: pinned, bounded, or the highest where nothing is tuned. */
export declare function limitUnder(orders: RunOrders, chosenWatts: number, powerLimitsWatts: readonly number[]): number;
/** Whether the limit is the operator's, so that there is nothing to be measured. */
export declare function fixesLimit({ tuning, powerLimitWatts, maxPowerWatts }: RunOrders): boolean;
//# sourceMappingURL=override.d.ts.map