"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.csvOf = csvOf;
exports.csvCell = csvCell;
/** A report as CSV (RFC 4180): one row for each run. */
const emissions_1 = require("../../policy/emissions");
const savings_1 = require("../../policy/savings");
const report_1 = require("./report");
/** `amount` columns are grams or, where the signal is a price, money: `unit` says which. */
const columns = [
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
    ['unit', ({ run }) => (run.grid === null ? null : run.grid.kind === 'price' ? 'money' : 'gCO2eq')],
    ['amount', ({ run, emissions }) => (run.grid === null ? null : emissions.amount)],
    ['coverage', ({ emissions }) => (0, emissions_1.coverageOf)(emissions)],
    ['observedJoules', ({ emissions }) => emissions.byStatus.observed],
    ['estimatedJoules', ({ emissions }) => emissions.byStatus.estimated],
    ['forecastJoules', ({ emissions }) => emissions.byStatus.forecast],
    ['unknownJoules', ({ emissions }) => emissions.byStatus.unknown],
    ['maxPowerAmount', ({ amounts }) => amounts?.maxPower ?? null],
    ['staticCapAmount', ({ amounts }) => amounts?.staticCap ?? null],
];
function csvOf(runs) {
    const rows = runs.map((run) => {
        const amounts = (0, savings_1.amountsOfAll)(run.grid === null ? [] : [run.grid]);
        return { run, emissions: (0, report_1.emissionsOfRun)(run), amounts };
    });
    const lines = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, cell]) => csvCell(cell(row))))];
    return lines.map((line) => line.join(',')).join('\r\n');
}
/**
 * Spreadsheets take text that begins with one of these for a formula, which could call a program; an apostrophe makes it text again
 * (OWASP, CSV injection). Numbers are left as they are.
 */
function csvCell(value) {
    if (value === null)
        return '';
    if (typeof value === 'number')
        return Number.isFinite(value) ? String(value) : '';
    const text = /^\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(value) ? `'${value}` : value;
    return /[",\r\n;\t']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
//# sourceMappingURL=csv.js.map