/** What a job remembers to follow its grid: the signal's past, and the slow-down that its runs have spent. */
import type { Observation } from './facts';
import { slowdownOf } from './gridRecord';
import { betterKnown, isSameSignal, type SignalDigest } from './signalDigest';
import { referenceOf } from './signalReference';
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
export function adopt(memory: GridMemory, told: SignalDigest, wish: BudgetWish | null): GridMemory {
  const before = memory.digest ?? undefined;
  const same = before === undefined || isSameSignal(before, told);
  const digest = betterKnown(before, told) ?? told;
  const budget = same && memory.budget?.slowdown === wish?.slowdown ? memory.budget : null;
  return { version: 1, digest, budget: budget ?? begun(digest, wish) };
}

function begun(digest: SignalDigest, wish: BudgetWish | null): SlowdownBudget | null {
  const reference = referenceOf(digest.reference);
  if (wish === null || reference === null || !(reference > 0)) return null;
  return beginBudget({ ...wish, reference });
}

/** A run that did not get anywhere has spent nothing. */
export function rememberRun(memory: GridMemory, { grid, outcome }: Observation): GridMemory {
  if (memory.budget === null || grid === undefined || outcome !== 'converged') return memory;
  const slowdown = slowdownOf(grid);
  if (slowdown === null) return memory;
  return { ...memory, budget: spend(memory.budget, slowdown, grid.priceFactor) };
}
