/** The log of a bandit: what it was told and what it decided, in the order in which it came to know it. */
import type { Knew } from '../../activities/decide';
import type { Observation } from '../../policy/facts';
import type { GridMemory } from '../../policy/gridMemory';
import type { Override } from '../../policy/override';
import type { Decision } from '../../policy/policy';
import type { AskRequest, BanditInput, GiveUp, OutsideFacts } from '../../workflows/messages';
import type { UsedToken } from '../../workflows/orderBook';

/** With what a run of the bandit began: of all that happened before, this is left. */
export interface Begun {
  readonly type: 'begun';
  readonly input: BanditInput;
}

/** Stands where its facts end: an observation told while it was made comes after it. */
export interface Decided extends Partial<Pick<Knew, 'inFlight' | 'node'>> {
  readonly type: 'decision';
  readonly slot: string;
  /** When it was asked for, and made. */
  readonly at: string;
  readonly decidedAt: string;
  readonly request: AskRequest;
  /** Of a run that somebody else trains. */
  readonly outside?: Omit<OutsideFacts, 'number'>;
  readonly seed: number;
  /** Slots before it for which no recurrence was started. */
  readonly skipped: readonly string[];
  readonly decision: Decision;
  /** Whether what was told since the last time was folded into the memory with it. */
  readonly folds?: true;
  /** Of history alone; whoever reads an export learns it anew. */
  readonly memory?: unknown;
  readonly grid?: GridMemory;
}

export interface Observed {
  readonly type: 'observation';
  readonly toldAt: string;
  readonly observation: Observation;
  readonly quarantinedBecause?: string;
  readonly retry?: true;
}

export interface GaveUp {
  readonly type: 'giveUp';
  readonly slot: GiveUp;
}

export interface TookIn {
  readonly type: 'import';
  readonly observations: readonly Observation[];
  /** As in {@link Decided}. */
  readonly memory?: unknown;
}

export interface Overridden {
  readonly type: 'override';
  readonly override: Override;
  readonly token?: UsedToken;
}

export interface Cleared {
  readonly type: 'clear';
  readonly at: string;
  readonly ids: readonly string[];
  readonly token?: UsedToken;
}

export type LogEntry = Begun | Decided | Observed | GaveUp | TookIn | Overridden | Cleared;
