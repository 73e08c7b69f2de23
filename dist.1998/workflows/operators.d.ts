/** The bandit's ear for operators: believes or refuses, remembers, and passes the word on to the runs that are under way. */
import { ApplicationFailure } from '@temporalio/workflow';
import type { JobSpec } from './contracts';
import { type ClearRequest, type OrderBook, type OverrideAnswer, type OverrideRequest } from './messages';
export interface Operators {
    readonly book: OrderBook;
    set(request: OverrideRequest): Promise<OverrideAnswer>;
    clear(request: ClearRequest): Promise<readonly string[]>;
    /** Milliseconds until an order ends; undefined if none does. */
    readonly nextEndMs: number | undefined;
    /** An order that came as a signal was refused. */
    noteRefusal(request: unknown, failure: ApplicationFailure): void;
    /** Tells the runs under way what holds now. */
    passOn(): Promise<void>;
}
/** `openSlots`: those of the runs under way. */
export declare function createOperators(spec: JobSpec, begun: OrderBook, openSlots: () => readonly string[]): Operators;
//# sourceMappingURL=operators.d.ts.map