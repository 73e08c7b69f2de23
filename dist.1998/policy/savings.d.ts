import type { GridRecord } from './facts';
/** 95 % of resampled shares lie between. */
export interface Saving {
    readonly saved: number;
    readonly from: number;
    readonly to: number;
}
/** What runs emitted, and would have at maximum power and under the best static cap. */
export interface Amounts {
    readonly amount: number;
    readonly maxPower: number;
    readonly staticCap: number;
}
export interface Savings {
    /** Runs that could be compared. */
    readonly runs: number;
    readonly sums: Amounts;
    /** How much longer these runs took than at maximum power: 0.02 is 2 %. */
    readonly slowdown: number;
    /** Null where the other amount is not above 0, as with negative prices. */
    readonly againstMaxPower: Saving | null;
    readonly againstStatic: Saving | null;
}
/** A window of a profile is repeatable to 2 % at 95 %: 1 % is a standard deviation. What all boards are off by cancels. */
export declare const windowError = 0.01;
/** Null where no run can be compared. `name` seeds the resampling. */
export declare function savingsOf(name: string, records: readonly GridRecord[]): Savings | null;
/** Of those that can be compared. */
export declare function amountsOfAll(records: readonly GridRecord[]): Amounts | null;
//# sourceMappingURL=savings.d.ts.map