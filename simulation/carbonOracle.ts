/**
 * The least carbon of all runs together at a mean slow-down, for somebody who knows the grid's future. No run pauses. One price of
 * an hour of time for all runs; and within a run one value of progress, that of the hour in which it ends: stopping an
 * instant later must neither gain nor lose. Both are exact, so no schedule whatever is better.
 */
import { bestRun } from './carbonBestRun';
import { cornersOf } from './carbonCaps';
import { type Ground, type RunFigures, workHours } from './carbonRun';
import { total } from './statistics';

export interface OracleAnswer {
  /** Grams of all runs, with turns between two prices so that the mean slow-down is exact. */
  readonly grams: number;
  readonly meanSlowdown: number;
  /** Those that most runs are of, for their spread. */
  readonly runs: readonly RunFigures[];
}

const bisections = 24;
/** In grams an hour: more than any GPU emits, so no run slows down for it. */
const dearest = 1e9;

export function oracle(ground: Ground, starts: readonly number[], slowdown: number): OracleAnswer {
  const corners = cornersOf(ground.curve);
  const at = (price: number) => starts.map((start) => bestRun({ ground, corners, start }, price));
  const target = starts.length * workHours * (1 + slowdown);
  const hoursOf = (runs: readonly RunFigures[]) => total(runs, ({ hours }) => hours);
  let [low, high] = [0, 1];
  while (high < dearest && hoursOf(at(high)) > target) high *= 4;
  for (let step = 0; step < bisections; step++) {
    const middle = (low + high) / 2;
    if (hoursOf(at(middle)) > target) low = middle;
    else high = middle;
  }
  return inTurns(at(low), at(high), target);
}

/** Some runs at one price and some at the other, so that the hours come to the target. */
export function inTurns(slow: readonly RunFigures[], fast: readonly RunFigures[], targetHours: number): OracleAnswer {
  const [slower, faster] = [sumOf(slow), sumOf(fast)];
  const share = slower.hours > faster.hours ? (targetHours - faster.hours) / (slower.hours - faster.hours) : 0;
  const kept = Math.min(1, Math.max(0, share));
  const runs = kept > 0.5 ? slow : fast;
  return {
    grams: kept * slower.grams + (1 - kept) * faster.grams,
    meanSlowdown: (kept * slower.hours + (1 - kept) * faster.hours) / (runs.length * workHours) - 1,
    runs,
  };
}

function sumOf(runs: readonly RunFigures[]): RunFigures {
  return { hours: total(runs, ({ hours }) => hours), grams: total(runs, ({ grams }) => grams) };
}
