/** What is counted under a signal: carbon or money, never both. */
import type { Signal } from '../../policy/emissions';
/** Grams of CO₂ equivalents, or money in the currency of the price. */
export type Quantity = {
    readonly grams: number;
} | {
    readonly money: number;
};
export declare function quantity({ kind }: Signal, amount: number): Quantity;
//# sourceMappingURL=quantity.d.ts.map