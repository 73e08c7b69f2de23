/** A report as one HTML file, without a script. */
import { type Signal, signalKey } from '../../policy/emissions';
import { duration, energy, instant } from '../cli/numbers';
import { dayChart } from './dayChart';
import { type Markup, markup } from './markup';
import { items, pageOf, scrollingTable } from './page';
import type { DayRow, JobRow, Report } from './rows';
import { style } from './style';
import { percentWords, quantityWords, remarks, savingWords, signalWords, unitWords } from './words';

export function htmlOf(report: Report): string {
  const title = `wattbandit report, ${instant(report.from)} to ${instant(report.to)}`;
  const main = markup`<h1>Energy and emissions of training</h1>
<p>Runs that ended from ${instant(report.from)} until before ${instant(report.to)}.</p>
${items(remarks(report))}
<h2>Jobs</h2>
${tableOf('Jobs', jobColumns, report.jobs)}
${signalsOf(report.days).map((signal) => signalSection(signal, report.days))}
<h2>What these numbers are not</h2>
${items(report.notWhatItIs)}
<h2>How they come about</h2>
${items(report.methods)}`;
  return pageOf({ title, style, main });
}

interface Column<Row> {
  readonly title: string;
  readonly isText?: boolean;
  readonly cell: (row: Row) => string;
}

const jobColumns: readonly Column<JobRow>[] = [
  { title: 'Job', isText: true, cell: ({ job }) => job },
  { title: 'Signal', isText: true, cell: ({ signal }) => signalWords(signal) },
  { title: 'Runs', cell: ({ runs, failedRuns }) => (failedRuns === 0 ? `${runs}` : `${runs}, ${failedRuns} failed`) },
  { title: 'Time', cell: ({ seconds }) => duration(seconds) },
  { title: 'Energy', cell: ({ joules }) => energy(joules) },
  { title: 'Emitted or paid', cell: ({ emitted }) => quantityWords(emitted) },
  { title: 'Covered', cell: ({ coverage }) => percentWords(coverage) },
  { title: 'Observed', cell: ({ statusShares }) => percentWords(statusShares?.observed) },
  { title: 'Compared runs', cell: ({ compared }) => String(compared?.runs ?? 0) },
  { title: 'Slower than max power', cell: ({ compared }) => percentWords(compared?.slowdown) },
  { title: 'Saved vs max power', cell: ({ compared }) => savingWords(compared?.maxPower.saved ?? null) },
  { title: 'Saved vs static, same time', cell: ({ compared }) => savingWords(compared?.staticCap.saved ?? null) },
];

const dayColumns: readonly Column<DayRow>[] = [
  { title: 'Day (UTC)', isText: true, cell: ({ day }) => day },
  { title: 'Runs', cell: ({ runs }) => String(runs) },
  { title: 'All runs', cell: ({ emitted }) => quantityWords(emitted) },
  { title: 'Compared runs', cell: ({ compared }) => quantityWords(compared?.emitted ?? null) },
  { title: 'Best static cap', cell: ({ compared }) => quantityWords(compared?.staticCap ?? null) },
  { title: 'Maximum power', cell: ({ compared }) => quantityWords(compared?.maxPower ?? null) },
];

function signalSection(signal: Signal, days: readonly DayRow[]): Markup {
  const own = days.filter((row) => signalKey(row.signal) === signalKey(signal));
  return markup`<h2>By day: ${signalWords(signal)}</h2>
${dayChart(own)}
<p>In ${unitWords(signal)}. The bars are of the runs that can be compared.</p>
${tableOf(`Days, ${signalWords(signal)}`, dayColumns, own)}`;
}

function signalsOf(days: readonly DayRow[]): readonly Signal[] {
  return [...new Map(days.map(({ signal }) => [signalKey(signal), signal])).values()];
}

function tableOf<Row>(name: string, columns: readonly Column<Row>[], rows: readonly Row[]): Markup {
  return scrollingTable(
    name,
    columns.map(({ title, isText }) => markup`<th scope="col" class="${classOf(isText)}">${title}</th>`),
    rows.map((row) => columns.map((column, at) => cellOf(row, column, at))),
  );
}

function cellOf<Row>(row: Row, { cell, isText }: Column<Row>, at: number): Markup {
  if (at === 0) return markup`<th scope="row">${cell(row)}</th>`;
  return markup`<td class="${classOf(isText)}">${cell(row)}</td>`;
}

function classOf(isText: boolean | undefined): string {
  return isText === true ? 'text' : 'number';
}
