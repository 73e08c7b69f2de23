"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.htmlOf = htmlOf;
/** A report as one HTML file: no script, nothing fetched, readable by keyboard, in light and dark, and on paper. */
const emissions_1 = require("../../policy/emissions");
const numbers_1 = require("../cli/numbers");
const dayChart_1 = require("./dayChart");
const markup_1 = require("./markup");
const style_1 = require("./style");
const words_1 = require("./words");
function htmlOf(report) {
    const title = `wattbandit report, ${(0, numbers_1.instant)(report.from)} to ${(0, numbers_1.instant)(report.to)}`;
    const page = (0, markup_1.markup) `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${{ html: style_1.style }}</style>
</head>
<body>
<main>
<h1>Energy and emissions of training</h1>
<p>Runs that ended from ${(0, numbers_1.instant)(report.from)} until before ${(0, numbers_1.instant)(report.to)}.</p>
${items((0, words_1.remarks)(report))}
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
const jobColumns = [
    { title: 'Job', isText: true, cell: ({ job }) => job },
    { title: 'Signal', isText: true, cell: ({ signal }) => (0, words_1.signalWords)(signal) },
    { title: 'Runs', cell: ({ runs, failedRuns }) => (failedRuns === 0 ? `${runs}` : `${runs}, ${failedRuns} failed`) },
    { title: 'Time', cell: ({ seconds }) => (0, numbers_1.duration)(seconds) },
    { title: 'Energy', cell: ({ joules }) => (0, numbers_1.energy)(joules) },
    { title: 'Emitted or paid', cell: ({ emitted }) => (0, words_1.quantityWords)(emitted) },
    { title: 'Covered', cell: ({ coverage }) => (0, words_1.percentWords)(coverage) },
    { title: 'Observed', cell: ({ statusShares }) => (0, words_1.percentWords)(statusShares?.observed) },
    { title: 'Compared runs', cell: ({ compared }) => String(compared?.runs ?? 0) },
    { title: 'Slower than max power', cell: ({ compared }) => (0, words_1.percentWords)(compared?.slowdown) },
    { title: 'Saved vs max power', cell: ({ compared }) => (0, words_1.savingWords)(compared?.maxPower.saved ?? null) },
    { title: 'Saved vs static, same time', cell: ({ compared }) => (0, words_1.savingWords)(compared?.staticCap.saved ?? null) },
];
const dayColumns = [
    { title: 'Day (UTC)', isText: true, cell: ({ day }) => day },
    { title: 'Runs', cell: ({ runs }) => String(runs) },
    { title: 'All runs', cell: ({ emitted }) => (0, words_1.quantityWords)(emitted) },
    { title: 'Compared runs', cell: ({ compared }) => (0, words_1.quantityWords)(compared?.emitted ?? null) },
    { title: 'Best static cap', cell: ({ compared }) => (0, words_1.quantityWords)(compared?.staticCap ?? null) },
    { title: 'Maximum power', cell: ({ compared }) => (0, words_1.quantityWords)(compared?.maxPower ?? null) },
];
function signalSection(signal, days) {
    const own = days.filter((row) => (0, emissions_1.signalKey)(row.signal) === (0, emissions_1.signalKey)(signal));
    return (0, markup_1.markup) `<h2>By day: ${(0, words_1.signalWords)(signal)}</h2>
${(0, dayChart_1.dayChart)(own)}
<p>In ${(0, words_1.unitWords)(signal)}. The bars are of the runs that can be compared.</p>
${tableOf(`Days, ${(0, words_1.signalWords)(signal)}`, dayColumns, own)}`;
}
function signalsOf(days) {
    return [...new Map(days.map(({ signal }) => [(0, emissions_1.signalKey)(signal), signal])).values()];
}
function tableOf(name, columns, rows) {
    const heads = columns.map(({ title, isText }) => (0, markup_1.markup) `<th scope="col" class="${classOf(isText)}">${title}</th>`);
    const lines = rows.map((row) => {
        const cells = columns.map(({ cell, isText }, at) => at === 0 ? (0, markup_1.markup) `<th scope="row">${cell(row)}</th>` : (0, markup_1.markup) `<td class="${classOf(isText)}">${cell(row)}</td>`);
        return (0, markup_1.markup) `<tr>${cells}</tr>`;
    });
    return (0, markup_1.markup) `<div class="scroll" tabindex="0" role="region" aria-label="${name}">
<table><thead><tr>${heads}</tr></thead><tbody>
${lines}
</tbody></table></div>`;
}
function classOf(isText) {
    return isText === true ? 'text' : 'number';
}
function items(sentences) {
    return sentences.length === 0 ? (0, markup_1.markup) `` : (0, markup_1.markup) `<ul>${sentences.map((words) => (0, markup_1.markup) `<li>${words}</li>`)}</ul>`;
}
//# sourceMappingURL=html.js.map