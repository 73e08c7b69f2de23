import { type GridPolicy, type Weighing } from './gridWeight';
import type { Pace } from './powerLimit';
import { type Signals, type SignalSource } from './signals';
import { type SlowdownBudget } from './slowdownBudget';
/** The run: the profile of its batch size, at least one limit; the job's own η; how slow an epoch may be. */
export interface WeighFacts extends Weighing {
    readonly pace: Pace;
}
export interface WeighContext extends Signals {
    readonly policy: GridPolicy;
    /** Of the signal, for words only: g/kWh, or that of a price. */
    readonly unit: string;
    /** What the signal is compared with: its 28-day mean; for `chase` the highest of the 24 hours before the run. Null: not known yet. */
    readonly reference: number | null;
    /** Holds a mean slow-down over recurrences, and brings η and reference of its own; null: the job's η counts. */
    readonly budget: SlowdownBudget | null;
    /** What is left to do, in seconds at the fastest limit; null: not known. */
    readonly workSeconds: number | null;
    /** The run must end within so many seconds from now; null: no such bound. */
    readonly leftSeconds: number | null;
}
/** Survives JSON; recorded, never recomputed. */
export interface Weighed {
    readonly eta: number;
    readonly powerLimitWatts: number;
    readonly signal: number | null;
    readonly signalFrom: SignalSource;
    readonly reference: number | null;
    /** For a person, in a sentence or two. */
    readonly explanation: string;
}
export declare function weigh(facts: WeighFacts, context: WeighContext): Weighed;
//# sourceMappingURL=carbon.d.ts.map