import type { PowerMeasurement } from './facts';
import { type Pace } from './powerLimit';
/** A run as the grid sees it: the profile of its batch size, and the job's own η. */
export interface Weighing {
    readonly profile: readonly PowerMeasurement[];
    readonly eta: number;
    readonly maxPowerWatts: number;
}
/** `chase` is equation 6 of Chase (Yang et al. 2023), `static` never moves η: both to compare with. */
export declare const gridPolicies: readonly ['wattbandit', 'chase', 'static'];
export type GridPolicy = (typeof gridPolicies)[number];
/** What is known of the signal; null: not known. The reference is what the policy compares with. */
export interface SlotSignals {
    readonly now: number | null;
    /** When the run will end. */
    readonly atEnd: number | null;
    readonly reference: number | null;
}
/** η for one slot of the grid; the run's own where there is nothing to compare, as with a price that is nothing on average. */
export declare function etaInSlot(run: Weighing, policy: GridPolicy, { now, atEnd, reference }: SlotSignals): number;
/** A price may be nothing or less, and nobody divides by that: below a hundredth of the reference a run goes about as fast as it can. */
export declare function ratioOf(signal: number, reference: number): number;
/** odds(η_t) = odds(η)·ratio. A ratio of 1 gives exactly η. */
export declare function etaAtRatio(eta: number, ratio: number): number;
/**
 * An epoch done now spares one at the end of the run, and is worth what that one would cost: its energy at the signal of that hour,
 * and its time. This is the optimum's own condition: with one price of time for all runs, stopping an instant later must neither
 * gain nor lose. Where the signal stays as it is, it is `etaAtRatio`.
 */
export declare function etaTowardsEnd(run: Weighing, ratioNow: number, ratioAtEnd: number): number;
/**
 * The η under which Zeus's cost picks the limit that gains most: value · epochs − energy, per second. At most 1: below the limit of
 * least energy nothing is worth its time.
 */
export declare function etaForValue({ profile, maxPowerWatts }: Weighing, joulesPerEpoch: number): number;
/** The limit at that η. */
export declare function limitAt({ profile, maxPowerWatts }: Weighing, eta: number, pace?: Pace): PowerMeasurement;
//# sourceMappingURL=gridWeight.d.ts.map