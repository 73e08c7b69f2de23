"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.watchGpus = watchGpus;
/** `wattbandit gpu watch`: limits, draw and holders as time goes by. A GPU that stops answering keeps its line. */
const promises_1 = require("node:timers/promises");
const gpuList_1 = require("./gpuList");
const gpuReadings_1 = require("./gpuReadings");
const gpuRows_1 = require("./gpuRows");
const numbers_1 = require("./numbers");
const text_1 = require("./text");
/** A driver that hangs is waited for so long before its GPUs are told to be silent. */
const patienceSeconds = 5;
async function watchGpus(output, { found, directory, everySeconds, signal }) {
    const complain = once((text) => output.complain(text));
    const look = (0, gpuReadings_1.createLook)(found, () => (0, gpuRows_1.leasesIn)(directory, complain));
    const show = createShow(output);
    let last = [];
    let looking;
    while (!signal.aborted) {
        const until = performance.now() + everySeconds * 1000;
        // One look at a time: those of a driver that hangs would pile up.
        looking ??= look().finally(() => (looking = undefined));
        const seen = new AbortController();
        const silent = silence(last, Math.max(patienceSeconds, everySeconds), AbortSignal.any([signal, seen.signal]));
        const rows = await Promise.race([looking, silent]).finally(() => seen.abort());
        if (signal.aborted)
            return;
        show((last = rows));
        await (0, promises_1.setTimeout)(Math.max(0, until - performance.now()), undefined, { signal }).catch(() => { });
    }
}
function once(say) {
    let said = false;
    return (text) => {
        if (!said)
            say(text);
        said = true;
    };
}
async function silence(last, seconds, signal) {
    await (0, promises_1.setTimeout)(seconds * 1000, undefined, { signal }).catch(() => { });
    const at = new Date().toISOString();
    return last.map((row) => ({ ...row, at, drawWatts: null, reason: `its driver is silent for ${seconds} s` }));
}
const columns = [
    { title: 'GPU', cell: ({ uuid }) => uuid },
    { title: 'Limit', align: 'right', cell: ({ limitWatts }) => (0, numbers_1.watts)(limitWatts) },
    { title: 'Enforced', align: 'right', cell: ({ enforcedWatts }) => (0, numbers_1.watts)(enforcedWatts) },
    { title: 'Draw', align: 'right', cell: ({ drawWatts }) => (drawWatts === null ? '–' : `${drawWatts.toFixed(0)} W`) },
    { title: 'State', cell: stateOf },
];
/** Without the remedy, which `list` tells. */
function stateOf(row) {
    const [what] = row.reason?.split('; ') ?? [];
    return what === undefined ? (0, gpuList_1.stateText)(row) : `${(0, gpuList_1.stateText)(row)}: ${what}`;
}
/** On a terminal a table in place of the one before, elsewhere lines. */
function createShow(output) {
    const { screen } = output;
    let height = 0;
    return (rows) => {
        if (screen === undefined) {
            for (const row of rows)
                output.event(row, () => lineText(row));
            return;
        }
        // A line that the terminal wraps would count as two.
        const width = process.stdout.columns || 80;
        const lines = (0, text_1.table)(columns, rows)
            .split('\n')
            .map((line) => Array.from(line)
            .slice(0, width - 1)
            .join(''));
        screen.write(`${height > 0 ? `\u001b[${height}A\u001b[J` : ''}${lines.join('\n')}\n`);
        height = lines.length;
    };
}
function lineText(row) {
    const cells = columns.slice(1).map(({ title, cell }) => `${title.toLowerCase()} ${cell(row)}`);
    return (0, text_1.plain)(`${row.at}  GPU ${row.uuid}  ${cells.join('  ')}`);
}
//# sourceMappingURL=gpuWatch.js.map