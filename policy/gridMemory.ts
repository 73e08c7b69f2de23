/** What a job remembers to follow its grid: the signal's past, and the slow-down that its runs have spent. */
import type { Observation } from './facts';
import { slowdownOf } from './gridRecord';
import { extendDigest, isSameSignal, type SignalDigest } from './signalDigest';
import { budgetReferenceOf } from './signalReference';
import { beginBudget, type SlowdownBudget, spend } from './slowdownBudget';

export interface GridMemory {
  readonly version: 1;
  /** Null before the first reading. */
  readonly digest: SignalDigest | null;
  /** Null without a budget, and until its signal has a reference. */
  readonly budget: SlowdownBudget | null;
}

export const emptyGridMemory: GridMemory = { version: 1, digest: null, budget: null };

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
export function adopt({ digest: known, budget }: GridMemory, told: SignalDigest, wish: BudgetWish | null): GridMemory {
  if (known !== null && !isSameSignal(known, told)) return { version: 1, digest: told, budget: begun(told, wish) };
  const digest = known === null ? told : extendDigest(known, told);
  const isWished = budget !== null && budget.slowdown === wish?.slowdown;
  return { version: 1, digest, budget: isWished ? budget : begun(digest, wish) };
}

/** Before the signal has a reference there is nothing to be held. */
function begun({ reference }: SignalDigest, wish: BudgetWish | null): SlowdownBudget | null {
  return wish === null || budgetReferenceOf(reference) === null ? null : beginBudget(wish);
}

/** A run that did not get anywhere has spent nothing. */
export function rememberRun(memory: GridMemory, { grid, outcome }: Observation): GridMemory {
  if (memory.budget === null || grid === undefined || outcome !== 'converged') return memory;
  const slowdown = slowdownOf(grid);
  if (slowdown === null) return memory;
  return { ...memory, budget: spend(memory.budget, slowdown, grid.priceFactor) };
}
