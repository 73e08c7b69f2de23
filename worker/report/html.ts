/** A report as one HTML file: no script, nothing fetched, readable by keyboard, in light and dark, and on paper. */
import { type Signal, signalKey } from '../../policy/emissions';
import { duration, energy, instant } from '../cli/numbers';
import { dayChart } from './dayChart';
import { type Markup, markup } from './markup';
import type { DayRow, JobRow, Report } from './rows';
import { style } from './style';
import { percentWords, quantityWords, remarks, savingWords, signalWords, unitWords } from './words';

export function htmlOf(report: Report): string {
  const title = `wattbandit report, ${instant(report.from)} to ${instant(report.to)}`;
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${{ html: style }}</style>
</head>
<body>
<main>
<h1>Energy and emissions of training</h1>
<p>Runs that ended from ${instant(report.from)} until before ${instant(report.to)}.</p>
${items(remarks(report))}
<h2>Jobs</h2>
${tableOf('Jobs', jobColumns, report.jobs)}
${signalsOf(report.days).map((signal) => signalSection(signal, report.days))}
<h2>What these numbers are not</h2>
${items(report.notWhatItIs)}
<h2>How they come about</h2>
${items(report.methods)}
</main>
</body>
</html>`;
  return page.html;
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
  const heads = columns.map(({ title, isText }) => markup`<th scope="col" class="${classOf(isText)}">${title}</th>`);
  const lines = rows.map((row) => {
    const cells = columns.map(({ cell, isText }, at) =>
      at === 0 ? markup`<th scope="row">${cell(row)}</th>` : markup`<td class="${classOf(isText)}">${cell(row)}</td>`,
    );
    return markup`<tr>${cells}</tr>`;
  });
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${name}">
<table><thead><tr>${heads}</tr></thead><tbody>
${lines}
</tbody></table></div>`;
}

function classOf(isText: boolean | undefined): string {
  return isText === true ? 'text' : 'number';
}

function items(sentences: readonly string[]): Markup {
  return sentences.length === 0 ? markup`` : markup`<ul>${sentences.map((words) => markup`<li>${words}</li>`)}</ul>`;
}
