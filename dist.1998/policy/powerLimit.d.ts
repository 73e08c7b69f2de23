import type { PowerMeasurement } from './facts';
/** How slow an epoch may be. `fastest` is for runs that must not be late when nothing better is known. */
export type Pace = {
    readonly kind: 'free';
} | {
    readonly kind: 'atMost';
    readonly secondsPerEpoch: number;
} | {
    readonly kind: 'ofMaximumPower';
    readonly factor: number;
} | {
    readonly kind: 'fastest';
};
/** One measurement out of a profile. The profile is not empty and belongs to one batch size and GPU model. */
export type Selector = (profile: readonly PowerMeasurement[]) => PowerMeasurement;
/** Zeus's `Energy`: fewest joules an epoch. */
export declare const leastEnergy: Selector;
/** Zeus's `Time`: fewest seconds an epoch; may lie below the maximum limit. */
export declare const leastTime: Selector;
/** Zeus's `ZeusCost`: η·energy + (1 − η)·MAXPOWER·time. */
export declare function leastCost(eta: number, maxPower: number): Selector;
/** Zeus's `MaxSlowdownConstraint`: the smallest limit at most `factor` (≥ 1) times slower than the highest limit. */
export declare function lowestWithinSlowdown(factor: number): Selector;
/**
 * The cheapest limit among those that keep the pace; the fastest where none does. Ties go to the lower limit: where time alone
 * counts, power that buys none is still saved.
 */
export declare function choosePowerLimit(eta: number, maxPower: number, pace: Pace): Selector;
//# sourceMappingURL=powerLimit.d.ts.map