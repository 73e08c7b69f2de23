/** Runs put together to what a report says of each job and each day. */
import {
  type Emissions,
  type Signal,
  addEmissions,
  coverageOf,
  emissionsOf,
  noEmissions,
  requireOneSignal,
  signalKey,
} from '../../policy/emissions';
import { type Amounts, amountsOfAll, savingsOf } from '../../policy/savings';
import { methods, notWhatItIs } from './methods';
import { quantity } from './quantity';
import type { Reading } from './readRuns';
import type { DayRow, JobRow, Report } from './rows';
import type { Period, ReportedRun } from './runs';
import type { Settlement } from './settle';

export interface ReportParts {
  readonly period: Period;
  readonly runs: readonly ReportedRun[];
  readonly read: Reading;
  readonly settlement: Settlement;
}

export function reportOf({ period, runs, read, settlement }: ReportParts): Report {
  const jobs = groups(runs, ({ job, grid }) => JSON.stringify([job, grid === null ? null : signalKey(grid)]));
  const followed = runs.filter(({ grid }) => grid !== null);
  const days = groups(
    followed,
    ({ endedAt, grid }) => `${endedAt.slice(0, 10)} ${grid === null ? '' : signalKey(grid)}`,
  );
  const order = ({ job, signal }: JobRow) => `${job} ${signal === null ? '' : signalKey(signal)}`;
  return {
    from: period.fromAt,
    to: period.toAt,
    jobs: jobs.map(jobRow).toSorted((a, b) => order(a).localeCompare(order(b))),
    days: days.flatMap(dayRow).toSorted((a, b) => a.day.localeCompare(b.day)),
    read,
    settlement,
    methods,
    notWhatItIs,
  };
}

export function emissionsOfRun({ joules, grid }: ReportedRun): Emissions {
  return emissionsOf(joules, grid?.intervals ?? []);
}

/** Only of runs of one signal: others cannot be added up. */
export function emissionsOfAll(runs: readonly ReportedRun[]): Emissions {
  requireOneSignal(runs.flatMap(({ grid }) => grid ?? []));
  return runs.map(emissionsOfRun).reduce(addEmissions, noEmissions);
}

function jobRow(runs: readonly ReportedRun[]): JobRow {
  const { job = '', grid = null } = runs[0] ?? {};
  const signal = grid === null ? null : signalOf(grid);
  const emissions = emissionsOfAll(runs);
  return {
    job,
    signal,
    runs: runs.length,
    failedRuns: runs.filter(({ outcome }) => outcome !== 'converged').length,
    joules: emissions.joules,
    seconds: runs.reduce((sum, { seconds }) => sum + seconds, 0),
    emitted: signal === null ? null : quantity(signal, emissions.amount),
    coverage: coverageOf(emissions),
    statusShares: sharesOf(emissions),
    compared: signal === null ? null : comparedRow(job, signal, runs),
  };
}

function comparedRow(job: string, signal: Signal, runs: readonly ReportedRun[]): JobRow['compared'] {
  const savings = savingsOf(
    job,
    runs.flatMap(({ grid }) => grid ?? []),
  );
  if (savings === null) return null;
  const { sums, slowdown, againstMaxPower, againstStatic } = savings;
  return {
    runs: savings.runs,
    slowdown,
    emitted: quantity(signal, sums.amount),
    maxPower: { ...quantity(signal, sums.maxPower), saved: againstMaxPower },
    staticCap: { ...quantity(signal, sums.staticCap), saved: againstStatic },
  };
}

function dayRow(runs: readonly ReportedRun[]): readonly DayRow[] {
  const [first] = runs;
  if (first === undefined || first.grid === null) return [];
  const signal = signalOf(first.grid);
  const amounts = amountsOfAll(runs.flatMap(({ grid }) => grid ?? []));
  const emitted = quantity(signal, emissionsOfAll(runs).amount);
  const compared = amounts === null ? null : comparedDay(signal, amounts);
  return [{ day: first.endedAt.slice(0, 10), signal, runs: runs.length, emitted, compared }];
}

function comparedDay(signal: Signal, { amount, maxPower, staticCap }: Amounts): DayRow['compared'] {
  return {
    emitted: quantity(signal, amount),
    maxPower: quantity(signal, maxPower),
    staticCap: quantity(signal, staticCap),
  };
}

function sharesOf({ joules, byStatus }: Emissions): JobRow['statusShares'] {
  if (!(joules > 0)) return null;
  const { observed, estimated, forecast, unknown } = byStatus;
  return {
    observed: observed / joules,
    estimated: estimated / joules,
    forecast: forecast / joules,
    unknown: unknown / joules,
  };
}

function signalOf({ provider, zone, kind, unit, factorType }: Signal): Signal {
  return { provider, zone, kind, unit, factorType };
}

function groups(
  runs: readonly ReportedRun[],
  keyOf: (run: ReportedRun) => string,
): readonly (readonly ReportedRun[])[] {
  const byKey = new Map<string, ReportedRun[]>();
  for (const run of runs) {
    const group = byKey.get(keyOf(run));
    if (group === undefined) byKey.set(keyOf(run), [run]);
    else group.push(run);
  }
  return [...byKey.values()];
}
