"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.reportText = reportText;
const words_1 = require("../report/words");
const numbers_1 = require("./numbers");
const text_1 = require("./text");
const columns = [
    { title: 'Job', cell: ({ job }) => job },
    { title: 'Signal', cell: ({ signal }) => (0, words_1.signalWords)(signal) },
    { title: 'Runs', align: 'right', cell: ({ runs }) => String(runs) },
    { title: 'Time', align: 'right', cell: ({ seconds }) => (0, numbers_1.duration)(seconds) },
    { title: 'Energy', align: 'right', cell: ({ joules }) => (0, numbers_1.energy)(joules) },
    { title: 'Emitted', align: 'right', cell: ({ emitted }) => (0, words_1.quantityWords)(emitted) },
    { title: 'Covered', align: 'right', cell: ({ coverage }) => (0, words_1.percentWords)(coverage) },
    { title: 'Observed', align: 'right', cell: ({ statusShares }) => (0, words_1.percentWords)(statusShares?.observed) },
    { title: 'Slower', align: 'right', cell: ({ compared }) => (0, words_1.percentWords)(compared?.slowdown) },
    {
        title: 'Saved vs max power',
        align: 'right',
        cell: ({ compared }) => (0, words_1.savingWords)(compared?.maxPower.saved ?? null),
    },
    { title: 'vs static cap', align: 'right', cell: ({ compared }) => (0, words_1.savingWords)(compared?.staticCap.saved ?? null) },
];
function reportText(report, style) {
    return [
        style.bold(`Runs that ended from ${(0, numbers_1.instant)(report.from)} until before ${(0, numbers_1.instant)(report.to)}`),
        ...(report.jobs.length === 0 ? [] : [(0, text_1.table)(columns, report.jobs)]),
        '',
        ...(0, words_1.remarks)(report).map(text_1.plain),
        style.dim(`What this is not: ${report.notWhatItIs.join(' ')}`),
        style.dim('How it comes about: -o json or html says.'),
    ].join('\n');
}
//# sourceMappingURL=reportText.js.map