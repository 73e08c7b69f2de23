/** The figures of an experiment, per job and over jobs. */
import type { Recurrence } from './experiment';
import { mean, standardError, total } from './statistics';

export interface Result {
  readonly gpu: string;
  readonly job: string;
  readonly policy: string;
  readonly recurrences: number;
  readonly seeds: number;
  /** How many recurrences' worth of the oracle's cost were wasted; mean over seeds, and half of its 95 % interval. */
  readonly regret: { readonly mean: number; readonly ci95: number };
  readonly costOverOracle: number;
  /** The same over the last 20 recurrences. */
  readonly tailCostOverOracle: number;
  /** Over the default batch size at maximum power. */
  readonly costVsDefault: number;
  readonly energyVsDefault: number;
  readonly timeVsDefault: number;
  /** What it has come to: the last five recurrences, failed runs included, as Zeus's paper compares policies. */
  readonly lastFive: { readonly energyVsDefault: number; readonly timeVsDefault: number };
  /** Runs that did not reach the target, mean over seeds. */
  readonly failedRuns: number;
  /** Sizes that only one of the two trace files has. */
  readonly excludedBatchSizes: readonly number[];
}

export interface Summary {
  readonly policy: string;
  readonly recurrences: number;
  readonly jobs: number;
  /** Mean over jobs. */
  readonly regret: number;
  /** Over Zeus's mean regret, and the largest such ratio of one job; null without Zeus or without regret of his. */
  readonly ratioToZeus: number | null;
  readonly worstRatioToZeus: number | null;
  readonly tailCostOverOracle: number;
  readonly worstTailCostOverOracle: number;
  readonly failedRuns: number;
}

export interface Report {
  readonly schemaVersion: 1;
  readonly results: readonly Result[];
  readonly summary: readonly Summary[];
}

const tailRecurrences = 20;

type Figures = Omit<Result, 'gpu' | 'job' | 'policy' | 'excludedBatchSizes'>;

/** Of the first `recurrences` of each series. */
export function figuresOf(played: readonly (readonly Recurrence[])[], recurrences: number): Figures {
  const series = played.map((all) => all.slice(0, recurrences));
  const regrets = series.map((all) => mean(all.map(costRatio)) * all.length - all.length);
  const tails = series.map((all) => all.slice(-tailRecurrences));
  return {
    recurrences,
    seeds: series.length,
    regret: { mean: mean(regrets), ci95: 1.96 * standardError(regrets) },
    costOverOracle: mean(series.map((all) => mean(all.map(costRatio)))),
    tailCostOverOracle: mean(tails.map((all) => mean(all.map(costRatio)))),
    costVsDefault: mean(
      series.map((all) => total(all, (one) => one.costJoules) / total(all, (one) => one.defaultCostJoules)),
    ),
    ...versusDefault(series),
    lastFive: versusDefault(series.map((all) => all.slice(-5))),
    failedRuns: mean(series.map((all) => total(all, (one) => one.failedRuns))),
  };
}

function versusDefault(series: readonly (readonly Recurrence[])[]): Result['lastFive'] {
  return {
    energyVsDefault: mean(
      series.map((all) => total(all, (one) => one.joules) / total(all, (one) => one.defaultJoules)),
    ),
    timeVsDefault: mean(
      series.map((all) => total(all, (one) => one.seconds) / total(all, (one) => one.defaultSeconds)),
    ),
  };
}

export function summarise(results: readonly Result[]): readonly Summary[] {
  const policies = [...new Set(results.map((row) => row.policy))];
  const lengths = [...new Set(results.map((row) => row.recurrences))];
  return policies.flatMap((policy) =>
    lengths.map((recurrences) => {
      const rows = results.filter((row) => row.policy === policy && row.recurrences === recurrences);
      return summaryOf(policy, recurrences, rows, results);
    }),
  );
}

function summaryOf(policy: string, recurrences: number, rows: readonly Result[], all: readonly Result[]): Summary {
  const zeus = all.filter((row) => row.policy === 'zeus' && row.recurrences === recurrences);
  const zeusOf = (row: Result) => zeus.find((other) => other.gpu === row.gpu && other.job === row.job)?.regret.mean;
  const regret = mean(rows.map((row) => row.regret.mean));
  const zeusRegret = mean(zeus.map((row) => row.regret.mean));
  const ratios = rows.flatMap((row) => over(row.regret.mean, zeusOf(row)) ?? []);
  return {
    policy,
    recurrences,
    jobs: rows.length,
    regret,
    ratioToZeus: over(regret, zeusRegret),
    worstRatioToZeus: ratios.length === 0 ? null : Math.max(...ratios),
    tailCostOverOracle: mean(rows.map((row) => row.tailCostOverOracle)),
    worstTailCostOverOracle: Math.max(...rows.map((row) => row.tailCostOverOracle)),
    failedRuns: mean(rows.map((row) => row.failedRuns)),
  };
}

function over(value: number, reference: number | undefined): number | null {
  return reference !== undefined && reference > 0 ? value / reference : null;
}

function costRatio({ costJoules, oracleCostJoules }: Recurrence): number {
  return costJoules / oracleCostJoules;
}
