/**
 * A slow-down that a recurring job may spend over a period, as 2.5 % on average over a year. One price of time for all hours of the
 * period costs the least carbon, so the price is moved as little as the budget allows: by what the rest of the period would
 * use, over what is left of it.
 */
import { etaAtRatio } from './gridWeight';

export interface SlowdownBudget {
  /** Mean over the runs of a period, above maximum power: 0.025 is 2.5 %. */
  readonly slowdown: number;
  /** Runs in a period, and the fewest that a surplus is spread over. */
  readonly runs: number;
  readonly leastRuns: number;
  /** The price of time: η where the signal is at its reference. */
  readonly eta: number;
  /** Mean slow-down in equal parts of the period at that price, as the last period had it; none: the same throughout. */
  readonly plan: readonly number[];
  /** The period so far, in the same parts. `atPrice`: as it would have been at that price, unmoved. */
  readonly spent: readonly SpentPart[];
}

export interface SpentPart {
  readonly runs: number;
  readonly slowdown: number;
  readonly atPrice: number;
}

const weeks = 52;
/** No single run, and no strange year, may turn the price upside down. */
const mostMoved = 20;
/**
 * A surplus is spread over at least this share of the period, 2 weeks of a year. Chosen on 13 grids of 2020 and 2021: with 6 weeks a
 * year ended up to 0.2 percentage points off its 5 %, with 2 weeks 0.1.
 */
const leastShare = 2 / weeks;
/** What a run says about all of the period, against what was planned: half a period of surprises is believed by half. */
const doubtShare = 0.5;

export interface BudgetTerms {
  readonly slowdown: number;
  readonly runs: number;
  readonly eta: number;
  readonly plan?: readonly number[];
}

export function beginBudget({ plan = [], ...terms }: BudgetTerms): SlowdownBudget {
  return { ...terms, plan, leastRuns: Math.ceil(leastShare * terms.runs), spent: [] };
}

/** That η for the next run. Slow-down is about inversely proportional to the price of time. */
export function pacedEta(budget: SlowdownBudget): number {
  return etaAtRatio(budget.eta, 1 / priceFactor(budget));
}

/** 1 as long as the rest of the period, at the present price, would use just what is left. */
export function priceFactor(budget: SlowdownBudget): number {
  const { slowdown, runs, leastRuns, spent } = budget;
  const done = spent.reduce((sum, part) => sum + part.runs, 0);
  const used = spent.reduce((sum, part) => sum + part.slowdown, 0);
  const beyond = Math.max(0, leastRuns - (runs - done)) * slowdown;
  const wanted = plannedFrom(budget, done) * levelOf(budget, done) + beyond;
  const left = runs * slowdown - used + beyond;
  if (left <= wanted / mostMoved) return mostMoved;
  return Math.max(wanted / left, 1 / mostMoved);
}

/** How slow runs were at the price, over how slow they were planned to be: 1 before any, and then more and more what they say. */
function levelOf(budget: SlowdownBudget, done: number): number {
  const { runs, slowdown, spent } = budget;
  const planned = runs * slowdown - plannedFrom(budget, done);
  const atPrice = spent.reduce((sum, part) => sum + part.atPrice, 0);
  const doubt = doubtShare * runs * slowdown;
  return (atPrice + doubt) / (planned + doubt);
}

/** What the runs after the first `done` would use at the price. */
function plannedFrom({ plan, runs, slowdown }: SlowdownBudget, done: number): number {
  if (plan.length === 0) return Math.max(0, runs - done) * slowdown;
  const perPart = runs / plan.length;
  return plan.reduce((sum, mean, part) => {
    const ahead = Math.min(perPart, Math.max(0, (part + 1) * perPart - done));
    return sum + ahead * mean;
  }, 0);
}

/** A run ended that took `slowdown` above maximum power while the price was moved by `factor`. */
export function spend(budget: SlowdownBudget, slowdown: number, factor: number): SlowdownBudget {
  const done = budget.spent.reduce((sum, part) => sum + part.runs, 0);
  if (done >= budget.runs) return spend(renewed(budget), slowdown, factor);
  const part = Math.floor((done / budget.runs) * partsOf(budget));
  const spent = Array.from({ length: Math.max(part + 1, budget.spent.length) }, (_, at) => budget.spent[at] ?? none);
  const before = spent[part] ?? none;
  const after = {
    runs: before.runs + 1,
    slowdown: before.slowdown + slowdown,
    atPrice: before.atPrice + slowdown * factor,
  };
  return { ...budget, spent: spent.with(part, after) };
}

/** Weeks of a year; every part has a run at least. */
function partsOf({ runs }: SlowdownBudget): number {
  return Math.min(weeks, runs);
}

const none: SpentPart = { runs: 0, slowdown: 0, atPrice: 0 };

/** The next period starts from the price that would have held this one, and expects its seasons again. */
export function renewed(budget: SlowdownBudget): SlowdownBudget {
  const means = budget.spent.map(({ atPrice, runs }) => atPrice / runs);
  const factor = means.reduce((sum, one) => sum + one, 0) / means.length / budget.slowdown;
  if (!(factor > 0)) return { ...budget, spent: [] };
  const eta = etaAtRatio(budget.eta, Math.min(mostMoved, Math.max(1 / mostMoved, 1 / factor)));
  // Of a period that was cut short the seasons are not known.
  const plan = means.length === partsOf(budget) ? means.map((one) => one / factor) : [];
  return { ...budget, eta, plan, spent: [] };
}
