import type { GridView } from '../activities/carbon/gridWatch';
import type { FailureClass, Gpus, Observation } from '../policy/facts';
import type { Steering } from '../policy/gridDecision';
import type { GridMemory } from '../policy/gridMemory';
import type { Order, Override, RunOrders } from '../policy/override';
import type { Decision } from '../policy/policy';
import type { JobSpec } from './contracts';
/** Asks for the decision of one run: asking again gets the same answer. */
export interface AskRequest {
    /** {@link askId} of the slot and the attempt. */
    readonly id: string;
    /** The instant this recurrence stands for, ISO-8601 UTC. */
    readonly slot: string;
    readonly attempt: number;
    readonly gpus: Gpus;
    /** What the host knows of its grid, if the job follows it. */
    readonly grid?: GridView;
}
/** What the bandit did with an observation, and whether the recurrence should try once more. */
export interface TellAnswer {
    readonly counted: boolean;
    /** Why it was set aside instead; a quarantined observation is kept and teaches nothing. */
    readonly quarantinedBecause?: string;
    readonly retry: boolean;
}
/** A recurrence that ends without a decision: it got no GPUs, or somebody stopped it before it did. */
export interface GiveUp {
    readonly slot: string;
    readonly failure: 'infrastructure' | 'operator';
    readonly why: string;
}
/** Observations that no run of this job made, all with `imported`. Those that are known already, by their id, count once. */
export interface ImportRequest {
    readonly observations: readonly Observation[];
}
export interface ImportAnswer {
    /** Learned from now. */
    readonly taken: number;
    /** Learned from earlier. */
    readonly known: number;
    /** Set aside, and why. */
    readonly refused: readonly {
        readonly id: string;
        readonly why: string;
    }[];
}
/** One run of a recurrence, from its decision to what came of it. */
export interface Attempt {
    readonly decision: Decision;
    readonly decidedAt: string;
    readonly leaseExpiresAt: string;
    /** Nothing was told in time: the run is taken for lost. A later observation still counts. */
    readonly expired?: boolean;
    readonly observation?: Observation;
    readonly toldAt?: string;
    readonly answer?: TellAnswer;
}
/** How a scheduled slot ended. `open` until then. */
export type SlotState = {
    readonly kind: 'open';
} | {
    readonly kind: 'ran';
} | {
    readonly kind: 'skipped';
    readonly why: string;
}
/** `why`, for people, where no run can say it. */
 | {
    readonly kind: 'failed';
    readonly failure: FailureClass;
    readonly why?: string;
};
/** One slot of the ledger. It has at most one decision, the first attempt's; the others are its retries. */
export interface Slot {
    readonly slot: string;
    readonly state: SlotState;
    readonly attempts: readonly Attempt[];
}
/** Sums over the whole life of the job, through every continue-as-new. */
export interface Totals {
    readonly slots: {
        readonly ran: number;
        readonly skipped: number;
        readonly failed: number;
    };
    readonly decisions: number;
    readonly told: number;
    readonly counted: number;
    readonly quarantined: number;
    readonly expired: number;
    /** Observations of elsewhere that were learned from; none of them was told, and none counts for anything else here. */
    readonly imported?: number;
    readonly joules: number;
    readonly seconds: number;
}
/** What somebody wants to override, and why. */
export interface OverrideRequest {
    /** Told twice under one id, it counts once; without one it is another each time. */
    readonly id?: string;
    readonly order: Order;
    readonly reason: string;
    /** Who says so, where no token proves it. */
    readonly who?: string;
    /** How long it holds; until it is cleared, unless given. */
    readonly seconds?: number;
    /** A signed statement of the same. Never kept. */
    readonly token?: string;
}
export interface ClearRequest extends Pick<OverrideRequest, 'reason' | 'who' | 'token'> {
    /** All of them unless given. */
    readonly id?: string;
}
/** What became of it. */
export type OverrideAnswer = {
    readonly kind: 'applied';
    readonly override: Override;
}
/** It was told before. */
 | {
    readonly kind: 'known';
    readonly id: string;
};
export interface RefusedOverride {
    readonly at: string;
    readonly order: string;
    readonly who: string | null;
    readonly why: string;
}
/** The operator's orders to one job. */
export interface OrderBook {
    /** Those that hold or may hold again when a newer one ends. */
    readonly overrides: readonly Override[];
    /** The latest {@link refusalsKept}. */
    readonly refused: readonly RefusedOverride[];
    /** Ids of the latest {@link idsKept}, and tokens that could be played again, until when. */
    readonly ids: readonly string[];
    readonly tokens: Readonly<Record<string, string>>;
    readonly counts: {
        readonly applied: number;
        readonly known: number;
        readonly refused: number;
        readonly cleared: number;
    };
}
export declare const refusalsKept = 20;
export declare const idsKept = 2000;
/** All that the bandit knows: the policy's memory, and what was told since that memory was last brought up to date. */
export interface Facts {
    readonly spec: JobSpec;
    /** JSON of the policy named in `spec`; undefined before the first update. */
    readonly memory?: unknown;
    /** Of the grid, at the time of `memory`. */
    readonly grid?: GridMemory;
    readonly since: readonly Observation[];
}
/** The latest {@link ledgerLength} slots and older ones that are open, oldest first; and the sums over all there ever were. */
export interface Ledger {
    readonly slots: readonly Slot[];
    readonly totals: Totals;
}
/** Older slots live in the workflow's history only. */
export declare const ledgerLength = 100;
/** Observations in one import, and in all imports of a job: their ids are carried through continue-as-new. */
export declare const importLimits: {
    readonly perRequest: 500;
    readonly perJob: 5000;
};
/** About so many of the latest runs keep what was considered and measured; a cached bandit must stay small. */
export declare const explainedRuns = 12;
/** Characters of an explanation of what went wrong. */
export declare const longestDetail = 500;
/** The table `considered` is left out of the answer: it lies in the bandit's history and in its ledger. */
export declare const ask: import("@temporalio/common").UpdateDefinition<Decision, [AskRequest], string>;
export declare const tell: import("@temporalio/common").UpdateDefinition<TellAnswer, [Observation], string>;
/** Ends a slot that got no decision, or none for its next attempt. */
export declare const giveUp: import("@temporalio/common").UpdateDefinition<void, [GiveUp], string>;
export declare const importFacts: import("@temporalio/common").UpdateDefinition<ImportAnswer, [ImportRequest], string>;
/** Ends the bandit once nobody is being answered. */
export declare const retire: import("@temporalio/workflow").SignalDefinition<[], "retire">;
/** Validated, answered. */
export declare const setOverride: import("@temporalio/common").UpdateDefinition<OverrideAnswer, [OverrideRequest], string>;
/** The same, fire and forget: `temporal workflow signal --name override --input '{…}'`. */
export declare const override: import("@temporalio/workflow").SignalDefinition<[OverrideRequest], string>;
/** Ends one override by its id, or all of them. Answers which. */
export declare const clearOverride: import("@temporalio/common").UpdateDefinition<readonly string[], [ClearRequest], string>;
export declare const overrides: import("@temporalio/workflow").QueryDefinition<OrderBook, [], string>;
/** From the bandit to a recurrence under way: the operator's word. */
export declare const obey: import("@temporalio/workflow").SignalDefinition<[RunOrders], string>;
/** What a recurrence was told last. */
export declare const runOrders: import("@temporalio/workflow").QueryDefinition<RunOrders, [], string>;
export declare const facts: import("@temporalio/workflow").QueryDefinition<Facts, [], string>;
export declare const ledger: import("@temporalio/workflow").QueryDefinition<Ledger, [], string>;
/** What a companion host did with a limit that all hosts of a run are to hold. */
export interface HeldThere {
    /** What its GPUs drew since the run began there. */
    readonly joules: number;
    /** An administrator of that host moved the limit to this, which stays. */
    readonly foreignWatts?: number;
}
/** From the leading host of a run to the other ones: hold this limit, in watts. */
export declare const holdOnCompanions: import("@temporalio/common").UpdateDefinition<readonly HeldThere[], [number], string>;
/** From a companion host: the GPUs of this rank are held, their limits can be put back. */
export declare const prepared: import("@temporalio/workflow").SignalDefinition<[number], string>;
/** What a carbon timer is started, or continues as new, with. */
export interface CarbonTimerInput {
    /** The run's key in the process that trains it. */
    readonly run: string;
    readonly steering: Steering;
    /** Null while it is not known. */
    readonly heldWatts: number | null;
}
/** To a carbon timer: something changed, weigh now. */
export declare const lookAgain: import("@temporalio/workflow").SignalDefinition<[], "lookAgain">;
/** What a recurrence was started with. Without `slot` the Schedule's nominal time is taken. */
export interface RecurrenceInput {
    readonly spec: JobSpec;
    readonly slot?: string;
}
/** How a recurrence ended: its slot's last run. */
export interface RecurrenceResult {
    readonly job: string;
    readonly slot: string;
    readonly attempts: number;
    readonly observation: Observation;
}
/** What a bandit is started, or continues as new, with. */
export interface BanditInput extends Facts {
    readonly ledger?: Ledger;
    readonly orders?: OrderBook;
    /** Ids of the observations that were imported. */
    readonly imported?: readonly string[];
}
export declare const banditWorkflow = "bandit";
export declare const recurrenceWorkflow = "recurrence";
export declare const carbonTimerWorkflow = "carbonTimer";
export declare const banditId: (job: string) => string;
export declare const scheduleId: (job: string) => string;
/** A Schedule appends `-<slot>` to its workflows' ids; a recurrence started by hand has the same id. */
export declare const recurrenceIdBase: (job: string) => string;
export declare const recurrenceId: (job: string, slot: string) => string;
/** How a slot is written: ISO-8601 UTC to the second, as a Schedule writes it into workflow ids. */
export declare const slotAt: (at: Date) => string;
/** Of the first attempt's run; each attempt has its own. */
export declare const carbonTimerId: (recurrence: string, attempt: number) => string;
/** How a host's process knows the run of a recurrence, or its part with this rank. */
export declare const runKeyOf: (recurrence: string, rank?: number) => string;
export declare const askId: (slot: string, attempt: number) => string;
//# sourceMappingURL=messages.d.ts.map