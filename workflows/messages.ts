/** The messages between the bandit of a job and everybody else: updates, signals, queries, and what they carry. */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
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
  /** The task queue of the host that will train. */
  readonly taskQueue?: string;
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
  readonly refused: readonly { readonly id: string; readonly why: string }[];
}

/** One run of a recurrence, from its decision to what came of it. */
export interface Attempt {
  readonly decision: Decision;
  readonly decidedAt: string;
  /** The task queue of the host that trains it. */
  readonly taskQueue?: string;
  readonly leaseExpiresAt: string;
  /** Nothing was told in time: the run is taken for lost. A later observation still counts. */
  readonly expired?: boolean;
  readonly observation?: Observation;
  readonly toldAt?: string;
  readonly answer?: TellAnswer;
  /** Of a run that somebody else trains. */
  readonly outside?: OutsideFacts;
}

export interface OutsideFacts {
  /** What whoever asked calls the run. */
  readonly key?: string;
  /** The how-manyth decision of the job it was. */
  readonly number: number;
  readonly gpus: Gpus;
}

/** How a scheduled slot ended. `open` until then. */
export type SlotState =
  | { readonly kind: 'open' }
  | { readonly kind: 'ran' }
  | { readonly kind: 'skipped'; readonly why: string }
  /** `why`, for people, where no run can say it. */
  | { readonly kind: 'failed'; readonly failure: FailureClass; readonly why?: string };

/** One slot of the ledger. It has at most one decision, the first attempt's; the others are its retries. */
export interface Slot {
  readonly slot: string;
  readonly state: SlotState;
  readonly attempts: readonly Attempt[];
}

/** Sums over the whole life of the job, through every continue-as-new. */
export interface Totals {
  readonly slots: { readonly ran: number; readonly skipped: number; readonly failed: number };
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
export type OverrideAnswer =
  | { readonly kind: 'applied'; readonly override: Override }
  /** It was told before. */
  | { readonly kind: 'known'; readonly id: string };

export interface RefusedOverride {
  readonly at: string;
  readonly order: string;
  readonly who: string | null;
  readonly why: string;
}

/** One that left the book, and why: somebody cleared it, a newer one took its place, or its time was over. */
export interface PastOverride extends Override {
  readonly left: 'cleared' | 'replaced' | 'ended';
  readonly leftAt: string;
}

/** The operator's orders to one job. */
export interface OrderBook {
  /** Those that hold or may hold again when a newer one ends. */
  readonly overrides: readonly Override[];
  /** The latest {@link pastKept}. Absent from books of version 0.1. */
  readonly past?: readonly PastOverride[];
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

export const refusalsKept = 20;
export const pastKept = 50;
export const idsKept = 2000;

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
export const ledgerLength = 100;

/** Observations in one import, and in all imports of a job: their ids are carried through continue-as-new. */
export const importLimits = { perRequest: 500, perJob: 5000 } as const;

/** About so many of the latest runs keep what was considered and measured; a cached bandit must stay small. */
export const explainedRuns = 12;

/** Characters of an explanation of what went wrong. */
export const longestDetail = 500;

/** The table `considered` is left out of the answer: it lies in the bandit's history and in its ledger. */
export const ask = defineUpdate<Decision, [AskRequest]>('ask');
export const tell = defineUpdate<TellAnswer, [Observation]>('tell');
/** Ends a slot that got no decision, or none for its next attempt. */
export const giveUp = defineUpdate<void, [GiveUp]>('giveUp');
export const importFacts = defineUpdate<ImportAnswer, [ImportRequest]>('importFacts');
/** Ends the bandit once nobody is being answered. */
export const retire = defineSignal('retire');
/** Validated, answered. */
export const setOverride = defineUpdate<OverrideAnswer, [OverrideRequest]>('setOverride');
/** The same, fire and forget: `temporal workflow signal --name override --input '{…}'`. */
export const override = defineSignal<[OverrideRequest]>('override');
/** Ends one override by its id, or all of them. Answers which. */
export const clearOverride = defineUpdate<readonly string[], [ClearRequest]>('clearOverride');
export const overrides = defineQuery<OrderBook>('overrides');
/** From the bandit to a recurrence under way: the operator's word. */
export const obey = defineSignal<[RunOrders]>('obey');
export const facts = defineQuery<Facts>('facts');
export const ledger = defineQuery<Ledger>('ledger');

/** What a companion host did with a limit that all hosts of a run are to hold. */
export interface HeldThere {
  /** What its GPUs drew since the run began there. */
  readonly joules: number;
  /** An administrator of that host moved the limit to this, which stays. */
  readonly foreignWatts?: number;
}

/** From the leading host of a run to the other ones: hold this limit, in watts; null: as it is. */
export const holdOnCompanions = defineUpdate<readonly HeldThere[], [number | null]>('holdOnCompanions');
/** From a companion host: the GPUs of this rank are held, their limits can be put back. */
export const prepared = defineSignal<[number]>('prepared');

/** What a carbon timer is started, or continues as new, with. */
export interface CarbonTimerInput {
  /** The run's key in the process that trains it. */
  readonly run: string;
  readonly steering: Steering;
  /** Null while it is not known. */
  readonly heldWatts: number | null;
}

/** To a carbon timer: something changed, weigh now. */
export const lookAgain = defineSignal('lookAgain');

/** What a recurrence was started with. Without `slot` the Schedule's nominal time is taken. */
export interface RecurrenceInput {
  readonly spec: JobSpec;
  readonly slot?: string;
  /** Whether the namespace has wattbandit's search attributes. */
  readonly searchAttributes?: boolean;
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

export const banditWorkflow = 'bandit';
export const recurrenceWorkflow = 'recurrence';
export const carbonTimerWorkflow = 'carbonTimer';
export const banditId = (job: string) => `wattbandit/${job}`;
export const scheduleId = (job: string) => `wattbandit/${job}`;
/** A Schedule appends `-<slot>` to its workflows' ids; a recurrence started by hand has the same id. */
export const recurrenceIdBase = (job: string) => `wattbandit/${job}/recurrence`;
export const recurrenceId = (job: string, slot: string) => `${recurrenceIdBase(job)}-${slot}`;
/** How a slot is written: ISO-8601 UTC to the second, as a Schedule writes it into workflow ids. */
export const slotAt = (at: Date) => `${at.toISOString().slice(0, 19)}Z`;
/** Of the first attempt's run; each attempt has its own. */
export const carbonTimerId = (recurrence: string, attempt: number) => `${recurrence}/carbon-${attempt}`;
/** Whose timer it is; undefined for an id of another make. */
export function runOfTimer(id: string) {
  const [, recurrence, slot, attempt] = /^(.+\/recurrence-(.+))\/carbon-(\d+)$/.exec(id) ?? [];
  if (recurrence === undefined || slot === undefined) return undefined;
  return { recurrence, slot, attempt: Number(attempt) };
}
/** How a host's process knows the run of a recurrence, or its part with this rank. */
export const runKeyOf = (recurrence: string, rank = 0) => `${recurrence}/${rank}`;
/** Undefined for a key of another make. */
export const jobOfRun = (key: string) => /^wattbandit\/([^/]+)\/recurrence-/.exec(key)?.[1];
export const askId = (slot: string, attempt: number) => `${slot}/${attempt}`;
