"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.listGpus = listGpus;
exports.stateText = stateText;
const error_1 = require("../../activities/gpu/error");
const report_1 = require("../../activities/gpu/report");
const failures_1 = require("./failures");
const gpuOptions_1 = require("./gpuOptions");
const gpuRows_1 = require("./gpuRows");
const numbers_1 = require("./numbers");
const text_1 = require("./text");
async function listGpus(output, options) {
    const [attempts, leases] = await Promise.all([
        (0, gpuOptions_1.tryDrivers)(options),
        (0, gpuOptions_1.leaseDirectoryOf)(options).then((directory) => (0, gpuRows_1.leasesIn)(directory, (text) => output.complain(text))),
    ]);
    const seen = (0, gpuRows_1.seenBy)(attempts);
    const rows = seen === undefined ? [] : rowsOf(seen, leases);
    if (output.format === 'jsonl')
        output.many('gpus', rows, () => '');
    else
        output.one({ drivers: attempts.map(attemptRow), gpus: rows }, () => (rows.length > 0 ? listText(rows) : ''));
    if (rows.length === 0)
        output.complain((0, gpuOptions_1.noGpuText)(attempts));
    else
        output.talk(attempts.map(gpuOptions_1.attemptText).join('\n'));
    return rows.length === 0 ? failures_1.exitCodes.notFound : failures_1.exitCodes.done;
}
/** Also GPUs that are leased and not seen: a lost one may be owed its limit. */
function rowsOf({ kind, reports }, leases) {
    const unseen = [...leases.keys()].filter((uuid) => reports.every((report) => report.uuid !== uuid));
    const lost = new error_1.GpuError('lost', `it is leased and ${kind} does not see it; see the log of its driver`);
    return [...reports, ...unseen.map((uuid) => (0, report_1.unreadable)(uuid, lost))].map((report) => (0, gpuRows_1.gpuRow)(kind, report, leases.get(report.uuid)));
}
function attemptRow({ kind, driver, remark }) {
    return { driver: kind, used: driver !== undefined, remark: remark ?? null };
}
const columns = [
    { title: 'GPU', cell: ({ uuid }) => uuid },
    { title: 'Model', cell: ({ model }) => model },
    {
        title: 'Range',
        align: 'right',
        cell: (row) => (row.maxWatts === null ? '–' : `${row.minWatts}–${row.maxWatts} W`),
    },
    { title: 'Default', align: 'right', cell: (row) => (0, numbers_1.watts)(row.defaultWatts) },
    { title: 'Limit', align: 'right', cell: (row) => (0, numbers_1.watts)(row.limitWatts) },
    { title: 'Enforced', align: 'right', cell: (row) => (0, numbers_1.watts)(row.enforcedWatts) },
    { title: 'Energy', cell: ({ energy }) => energy },
    { title: 'Persistence', cell: ({ persistence }) => onOrOff(persistence) },
    { title: 'MIG', cell: ({ mig }) => onOrOff(mig) },
    { title: 'Programs', align: 'right', cell: ({ processes }) => String(processes ?? '–') },
    { title: 'State', cell: stateText },
];
function listText(rows) {
    const reasons = rows.flatMap(({ uuid, reason }) => (reason === null ? [] : [(0, text_1.plain)(`GPU ${uuid}: ${reason}`)]));
    return [(0, text_1.table)(columns, rows), ...reasons].join('\n');
}
function stateText({ state, lease }) {
    return state === 'held' && lease !== null ? `held by ${(0, gpuRows_1.holderText)(lease)}` : state;
}
function onOrOff(mode) {
    return mode === null ? '–' : mode ? 'on' : 'off';
}
//# sourceMappingURL=gpuList.js.map