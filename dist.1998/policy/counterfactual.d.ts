/**
 * What a run would have drawn at the same work under another use of power limits, by its own profile: at maximum power, and under
 * the best static cap that takes exactly as long. Told as ratios to what it did draw, so that a sensor's gain cancels.
 */
import type { GridRecord, LimitHeld, LimitSpeed } from './facts';
/** Energy and time over those of the run. */
export interface Ratio {
    readonly joules: number;
    readonly seconds: number;
}
export interface Counterfactual {
    readonly maxPower: Ratio;
    /** `seconds` is 1. */
    readonly staticCap: Ratio;
}
/** Null where a limit that the run held was not measured, as in a run that was too short for its profile. */
export declare function counterfactualOf(limits: readonly LimitHeld[], profile: readonly LimitSpeed[]): Counterfactual | null;
/** What a run emitted while its signal was known, and what it would have under its time-weighted mean meanwhile, per unit of energy. */
export interface Compared {
    readonly amount: number;
    /** Times a ratio's joules: what that would have emitted in the same share of its time. */
    readonly evenAmount: number;
}
/** Null where no signal is known. A run of even power comes out even: then both are the same. */
export declare function comparedOf({ intervals }: Pick<GridRecord, 'intervals'>): Compared | null;
//# sourceMappingURL=counterfactual.d.ts.map