/**
 * Which trials Zeus's policy may forget where only the latest results of an arm count, so that a job may go on for years: those that
 * change neither the pruning, nor an arm, nor the least cost, under any η.
 */
import type { ZeusRules, ZeusTrial } from './batchSizeZeusReplay';

/** Results that pruning looks at: one a round, more where rounds were repeated since nothing converged. */
const resultsARound = 4;

/** In their order, recurrences as a whole. All are kept where the window is all. */
export function worthKeeping(
  trials: readonly ZeusTrial[],
  { window, pruningRounds }: Pick<ZeusRules, 'window' | 'pruningRounds'>,
): readonly ZeusTrial[] {
  if (window === 0) return trials;
  const reached = trials.filter((trial) => trial.reached);
  const kept = new Set([...frontier(reached), ...frontier(recurrences(trials))].map(({ slot }) => slot));
  for (const batchSize of new Set(trials.map((trial) => trial.batchSize))) {
    const results = trials.filter((trial) => trial.batchSize === batchSize);
    for (const { slot } of results.slice(0, pruningRounds * resultsARound)) kept.add(slot);
    for (const { slot } of results.slice(-window)) kept.add(slot);
  }
  return trials.filter(({ slot }) => kept.has(slot));
}

interface Paid {
  readonly slot: string;
  readonly joules: number;
  readonly seconds: number;
}

/** Under every η the cheapest is among them, and of those that cost the same the first. */
function frontier(paid: readonly Paid[]): readonly Paid[] {
  return paid.filter(
    ({ joules, seconds }, at) =>
      !paid.some((other, place) => {
        const isLess = other.joules < joules && other.seconds < seconds;
        return isLess || (place < at && other.joules <= joules && other.seconds <= seconds);
      }),
  );
}

/** Those that reached the target: each costs what its tries cost together, up to the one that did. */
function recurrences(trials: readonly ZeusTrial[]): readonly Paid[] {
  const paidBySlot = new Map<string, Paid>();
  return trials.flatMap(({ slot, reached, ...trial }) => {
    const before = paidBySlot.get(slot) ?? { joules: 0, seconds: 0 };
    const paid = { slot, joules: before.joules + trial.joules, seconds: before.seconds + trial.seconds };
    paidBySlot.set(slot, paid);
    return reached ? [paid] : [];
  });
}
