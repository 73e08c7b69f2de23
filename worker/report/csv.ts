/** A report as CSV (RFC 4180): one row for each run. */
import { coverageOf } from '../../policy/emissions';
import { amountsOfAll } from '../../policy/savings';
import { emissionsOfRun } from './report';
import type { ReportedRun } from './runs';

type Cell = string | number | null;

/** `amount` columns are grams or, where the signal is a price, money: `unit` says which. */
const columns: readonly (readonly [title: string, cell: (row: Row) => Cell])[] = [
  ['job', ({ run }) => run.job],
  ['slot', ({ run }) => run.slot],
  ['attempt', ({ run }) => run.attempt],
  ['endedAt', ({ run }) => run.endedAt],
  ['outcome', ({ run }) => run.outcome],
  ['gpuModel', ({ run }) => run.gpuModel],
  ['batchSize', ({ run }) => run.batchSize],
  ['powerLimitWatts', ({ run }) => run.powerLimitWatts],
  ['seconds', ({ run }) => run.seconds],
  ['joules', ({ run }) => run.joules],
  ['provider', ({ run }) => run.grid?.provider ?? null],
  ['zone', ({ run }) => run.grid?.zone ?? null],
  ['kind', ({ run }) => run.grid?.kind ?? null],
  ['unit', ({ run }) => run.grid?.unit ?? null],
  ['factorType', ({ run }) => run.grid?.factorType ?? null],
  ['amount', ({ run, emissions }) => (run.grid === null ? null : emissions.amount)],
  ['coverage', ({ emissions }) => coverageOf(emissions)],
  ['observedJoules', ({ emissions }) => emissions.byStatus.observed],
  ['estimatedJoules', ({ emissions }) => emissions.byStatus.estimated],
  ['forecastJoules', ({ emissions }) => emissions.byStatus.forecast],
  ['unknownJoules', ({ emissions }) => emissions.byStatus.unknown],
  ['maxPowerAmount', ({ amounts }) => amounts?.maxPower ?? null],
  ['staticCapAmount', ({ amounts }) => amounts?.staticCap ?? null],
];

interface Row {
  readonly run: ReportedRun;
  readonly emissions: ReturnType<typeof emissionsOfRun>;
  readonly amounts: ReturnType<typeof amountsOfAll>;
}

export function csvOf(runs: readonly ReportedRun[]): string {
  const rows = runs.map((run): Row => {
    const amounts = amountsOfAll(run.grid === null ? [] : [run.grid]);
    return { run, emissions: emissionsOfRun(run), amounts };
  });
  const lines = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, cell]) => csvCell(cell(row))))];
  return lines.map((line) => line.join(',')).join('\r\n');
}

/**
 * Spreadsheets take text that begins with one of these for a formula, which could call a program; an apostrophe makes it text again
 * (OWASP, CSV injection). Numbers are left as they are.
 */
export function csvCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const text = /^\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(value) ? `'${value}` : value;
  return /[",\r\n;\t']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
