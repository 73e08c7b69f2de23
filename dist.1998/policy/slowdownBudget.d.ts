export interface SlowdownBudget {
    /** Mean over the runs of a period, above maximum power: 0.025 is 2.5 %. */
    readonly slowdown: number;
    /** Runs in a period, and the fewest that a surplus is spread over. */
    readonly runs: number;
    readonly leastRuns: number;
    /** The price of time: this η at a signal of `reference`, in the signal's unit. */
    readonly eta: number;
    readonly reference: number;
    /** Mean slow-down in equal parts of the period at that price, as the last period had it; none: the same throughout. */
    readonly plan: readonly number[];
    /** The period so far, in the same parts. `atPrice`: as it would have been at that price, unmoved. */
    readonly spent: readonly SpentPart[];
}
export interface SpentPart {
    readonly runs: number;
    readonly slowdown: number;
    readonly atPrice: number;
}
export interface BudgetTerms {
    readonly slowdown: number;
    readonly runs: number;
    readonly eta: number;
    readonly reference: number;
    readonly plan?: readonly number[];
}
export declare function beginBudget({ plan, ...terms }: BudgetTerms): SlowdownBudget;
/** η at the signal's reference for the next run. Slow-down is about inversely proportional to the price of time. */
export declare function pacedEta(budget: SlowdownBudget): number;
/** 1 as long as the rest of the period, at the present price, would use just what is left. */
export declare function priceFactor(budget: SlowdownBudget): number;
/** A run ended that took `slowdown` above maximum power while the price was moved by `factor`. */
export declare function spend(budget: SlowdownBudget, slowdown: number, factor: number): SlowdownBudget;
/** The next period starts from the price that would have held this one, and expects its seasons again. */
export declare function renewed(budget: SlowdownBudget): SlowdownBudget;
//# sourceMappingURL=slowdownBudget.d.ts.map