/** What a job remembers to follow its grid: the signal's past, and the slow-down that its runs have spent. */
import type { Observation } from './facts';
import { type SignalDigest } from './signalDigest';
import { type SlowdownBudget } from './slowdownBudget';
export interface GridMemory {
    readonly version: 1;
    /** Null before the first reading. */
    readonly digest: SignalDigest | null;
    /** Null without a budget, and until its signal has a reference. */
    readonly budget: SlowdownBudget | null;
}
export declare const emptyGridMemory: GridMemory;
/** What a job asks of its grid. */
export interface BudgetWish {
    readonly slowdown: number;
    /** Recurrences in a year. */
    readonly runs: number;
    /** The job's own. */
    readonly eta: number;
}
/**
 * With what a host tells of the signal. Another signal than before, as after a move to another provider, begins anew: its price of
 * time would mean something else.
 */
export declare function adopt(memory: GridMemory, told: SignalDigest, wish: BudgetWish | null): GridMemory;
/** A run that did not get anywhere has spent nothing. */
export declare function rememberRun(memory: GridMemory, { grid, outcome }: Observation): GridMemory;
//# sourceMappingURL=gridMemory.d.ts.map