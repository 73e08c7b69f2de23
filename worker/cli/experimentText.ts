/** The result of a sweep as text: what each policy came to under each combination. */
import { type Combination, type Row, summariseRows } from '../../simulation/sweep';
import type { Summary } from '../../simulation/report';
import { type Column, type Style, table } from './text';

const columns: readonly Column<Combination & Summary>[] = [
  { title: 'Scenario', cell: ({ scenario }) => scenario },
  { title: 'η', align: 'right', cell: ({ eta }) => String(eta) },
  { title: 'β', align: 'right', cell: ({ beta }) => (beta === null ? '–' : String(beta)) },
  { title: 'Policy', cell: ({ policy }) => policy },
  { title: 'Recurrences', align: 'right', cell: ({ recurrences }) => String(recurrences) },
  { title: 'Jobs', align: 'right', cell: ({ jobs }) => String(jobs) },
  { title: 'Regret', align: 'right', cell: ({ regret }) => regret.toFixed(2) },
  { title: 'Of Zeus', align: 'right', cell: ({ ratioToZeus }) => ratioToZeus?.toFixed(2) ?? '–' },
  { title: 'Last 20', align: 'right', cell: ({ tailCostOverOracle }) => tailCostOverOracle.toFixed(3) },
  { title: 'Failed runs', align: 'right', cell: ({ failedRuns }) => failedRuns.toFixed(1) },
];

export function experimentText(rows: readonly Row[], out: string | undefined, style: Style): string {
  const where =
    out === undefined ? 'give --out or -o json for the jobs one by one' : `the jobs one by one are in ${out}`;
  return [
    table(columns, summariseRows(rows)),
    '',
    style.dim(
      'Regret: recurrences’ worth of the oracle’s cost that were wasted, mean over jobs. Last 20: cost over the oracle’s.',
    ),
    style.dim(`${rows.length} rows; ${where}.`),
  ].join('\n');
}
