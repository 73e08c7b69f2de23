import type { Connection } from '@temporalio/client';
import { type Ledger, type Slot } from '../../workflows/messages';
import type { JobClient } from '../client';
export interface Plan {
    readonly job: string;
    /** The last slot to run. */
    readonly until: string;
    /** Slots that ended before. */
    readonly done: number;
    /** An earlier demonstration did not get to its end. */
    readonly outstanding: boolean;
}
/** Notes in Temporal how far to go: to the end of what was begun, or else `recurrences` further. */
export declare function makePlan(jobs: JobClient, job: string, recurrences: number, ledger: Ledger): Promise<Plan>;
export interface Following {
    readonly jobs: JobClient;
    readonly connection: Connection;
    /** Told of every ledger, often the same. */
    readonly onLedger: (ledger: Ledger) => void;
    readonly onWait: (text: string) => void;
    readonly signal: AbortSignal;
}
/** Asks for the ledger until the worker answers. @throws WattbanditError `unavailable` if nobody answers for a minute */
export declare function ledgerOf({ jobs, connection, signal }: Omit<Following, 'onLedger' | 'onWait'>, job: string): Promise<Ledger>;
/** Resolves with the ledger in which every slot up to the plan's end has ended. */
export declare function runSlots(plan: Plan, following: Following): Promise<Ledger>;
export declare function isEnded({ state }: Slot): boolean;
//# sourceMappingURL=demoSlots.d.ts.map