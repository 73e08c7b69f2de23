/** What a decision says of the grid that its run is to follow. */
import type { Weighed } from './carbon';
import type { GridPolicy } from './gridWeight';
import type { SlowdownBudget } from './slowdownBudget';
/**
 * `start`: the run should end within the present slot of the grid, so batch size and limit were chosen under this η. `timer`: batch
 * sizes are priced with the job's own η, and η follows the grid while the run trains.
 */
export interface GridDecision extends Omit<Weighed, 'powerLimitWatts'> {
    readonly kind: 'start' | 'timer';
    /** How much the price of time is moved to hold the slow-down budget. */
    readonly priceFactor: number;
    readonly steering: Steering;
}
/** What whoever steers the run needs to know of its job. */
export interface Steering {
    readonly policy: GridPolicy;
    /** The job's own. */
    readonly eta: number;
    readonly budget: SlowdownBudget | null;
    /** Of the signal, where its host does not know a better one. */
    readonly reference: number | null;
    readonly staleAfterSeconds: number;
    /** Null before anything converged. */
    readonly expectedEpochs: number | null;
    /** What no run may exceed; null: runs differ, and their mean counts. */
    readonly strictSlowdown: number | null;
}
//# sourceMappingURL=gridDecision.d.ts.map