/** A report for a terminal. */
import type { JobRow, Report } from '../report/rows';
import { percentWords, quantityWords, remarks, savingWords, signalWords } from '../report/words';
import { duration, energy, instant } from './numbers';
import { type Column, type Style, plain, table } from './text';

const columns: readonly Column<JobRow>[] = [
  { title: 'Job', cell: ({ job }) => job },
  { title: 'Signal', cell: ({ signal }) => signalWords(signal) },
  { title: 'Runs', align: 'right', cell: ({ runs }) => String(runs) },
  { title: 'Time', align: 'right', cell: ({ seconds }) => duration(seconds) },
  { title: 'Energy', align: 'right', cell: ({ joules }) => energy(joules) },
  { title: 'Emitted', align: 'right', cell: ({ emitted }) => quantityWords(emitted) },
  { title: 'Covered', align: 'right', cell: ({ coverage }) => percentWords(coverage) },
  { title: 'Observed', align: 'right', cell: ({ statusShares }) => percentWords(statusShares?.observed) },
  { title: 'Slower', align: 'right', cell: ({ compared }) => percentWords(compared?.slowdown) },
  {
    title: 'Saved vs max power',
    align: 'right',
    cell: ({ compared }) => savingWords(compared?.maxPower.saved ?? null),
  },
  { title: 'vs static cap', align: 'right', cell: ({ compared }) => savingWords(compared?.staticCap.saved ?? null) },
];

export function reportText(report: Report, style: Style): string {
  return [
    style.bold(`Runs that ended from ${instant(report.from)} until before ${instant(report.to)}`),
    ...(report.jobs.length === 0 ? [] : [table(columns, report.jobs)]),
    '',
    ...remarks(report).map(plain),
    style.dim(`What this is not: ${report.notWhatItIs.join(' ')}`),
    style.dim('How it comes about: -o json or html says.'),
  ].join('\n');
}
