/**
 * A daily job under a slow-down budget: the price of time is set on the first year, and the budget alone holds the slow-down
 * through the second, of which nothing is known before it happens.
 */
import { beginBudget, pacedEta, priceFactor, renewed, type SlowdownBudget, spend } from '../policy/slowdownBudget';
import { chooserOf, type Played } from './carbonPolicies';
import { playRun, type RunFigures, slowdownOf } from './carbonRun';
import { tunedEta } from './carbonTuned';

/** Starts of the year to learn from, and of the year that counts. */
export interface Years {
  readonly first: readonly number[];
  readonly second: readonly number[];
}

interface Underway {
  readonly endsAt: number;
  readonly slowdown: number;
  readonly factor: number;
}

export function playHeld(played: Played, years: Years, slowdown: number): readonly RunFigures[] {
  let budget = { ...budgetAfter(played, years.first, slowdown), runs: years.second.length };
  let underway: readonly Underway[] = [];
  return years.second.map((start) => {
    // Only runs that ended are known of.
    for (const ended of underway.filter(({ endsAt }) => endsAt <= start))
      budget = spend(budget, ended.slowdown, ended.factor);
    underway = underway.filter(({ endsAt }) => endsAt > start);
    const figures = playRun(played.ground, start, chooserOf(played, start, pacedEta(budget)));
    underway = [
      ...underway,
      { endsAt: start + figures.hours, slowdown: slowdownOf(figures), factor: priceFactor(budget) },
    ];
    return figures;
  });
}

/** As if the budget had been held through the first year at the one price that fits it. */
function budgetAfter(played: Played, first: readonly number[], slowdown: number): SlowdownBudget {
  const eta = tunedEta(played, first, slowdown);
  const terms = { slowdown, runs: first.length, eta };
  const spent = first.reduce(
    (budget, start) => spend(budget, slowdownOf(playRun(played.ground, start, chooserOf(played, start, eta))), 1),
    beginBudget(terms),
  );
  return renewed(spent);
}
