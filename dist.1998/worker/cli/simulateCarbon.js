"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.addSimulateCarbon = addSimulateCarbon;
/** `wattbandit simulate carbon`: what following the grid saves on recorded carbon intensities, without a server. */
const commander_1 = require("commander");
const carbon_1 = require("../../simulation/carbon");
const carbonReport_1 = require("../../simulation/carbonReport");
const tracesCarbon_1 = require("../../simulation/tracesCarbon");
const packaged_1 = require("../packaged");
const numbers_1 = require("./numbers");
const options_1 = require("./options");
const progress_1 = require("./progress");
const session_1 = require("./session");
const text_1 = require("./text");
function addSimulateCarbon(simulations) {
    simulations
        .command('carbon')
        .description('what following the grid saves: policies on recorded carbon intensities and power curves')
        .option('--traces <directory>', 'zones: CSV files with columns of UTC time and g/kWh', packaged_1.packagedGrids)
        .option('--power <directory>', 'power curves: summary_power_<gpu>.csv', packaged_1.packagedTraces)
        .option('--zone <names>', 'as CISO,DE (default: all there are)', options_1.list)
        .option('--curve <names>', 'as a40-resnet50-b128 (default: the four of published figures)', options_1.list)
        .option('--policy <names>', carbon_1.carbonContenders.join(', '), oneOf(carbon_1.carbonContenders), [
        'static',
        'chase',
        'wattbandit',
        'oracle',
    ])
        .option('--mode <names>', 'tuned: at equal slow-down; held: by a budget, a year ahead', oneOf(carbonReport_1.carbonModes), [
        ...carbonReport_1.carbonModes,
    ])
        .option('--slowdown <ratios>', 'mean over runs, above maximum power', ratios, [0.01, 0.025, 0.05])
        .option('--starts <n>', 'random starts in all of the data, for `tuned`', options_1.wholeNumber, 400)
        .option('--seed <text>', 'other starts', '1')
        .action((0, session_1.action)((session, options) => run(session, options)));
}
function run({ output }, options) {
    const zones = (0, tracesCarbon_1.loadZones)(options.traces, options.zone);
    const curves = (0, tracesCarbon_1.loadCurves)(options.power, options.curve);
    for (const { filledHours, zone } of zones)
        if (filledHours > 0)
            output.talk(`${zone}: ${filledHours} hours are missing and were filled from those around them`);
    const progress = new progress_1.Progress(output);
    const report = (0, carbon_1.simulateCarbon)({
        zones,
        curves,
        policies: options.policy,
        modes: options.mode,
        slowdowns: options.slowdown,
        starts: options.starts,
        seed: options.seed,
        onProgress: ({ done, total, name }) => progress.say(`simulating ${name} (${done} of ${total} done)`),
    });
    progress.clear();
    if (output.format === 'text')
        output.one({}, (style) => reportText(report, style));
    else
        output.document(report);
}
/** Names out of a closed list. */
function oneOf(known) {
    return (text) => (0, options_1.list)(text).map((name) => {
        const found = known.find((one) => one === name);
        if (found !== undefined)
            return found;
        throw new commander_1.InvalidArgumentError(`There is no ${name}; there are ${known.join(', ')}.`);
    });
}
function ratios(text) {
    return (0, options_1.list)(text).map(options_1.positiveNumber);
}
const resultColumns = [
    { title: 'Zone', cell: ({ zone }) => zone },
    { title: 'Curve', cell: ({ curve }) => curve },
    { title: 'Mode', cell: ({ mode }) => mode },
    { title: 'Target', align: 'right', cell: ({ slowdown }) => (0, numbers_1.percent)(slowdown) },
    { title: 'Policy', cell: ({ policy }) => policy },
    { title: 'Carbon', align: 'right', cell: ({ carbonVsMaxPower }) => fine(carbonVsMaxPower) },
    { title: 'Vs static', align: 'right', cell: ({ carbonVsStatic }) => fine(carbonVsStatic) },
    { title: 'Gap closed', align: 'right', cell: ({ gapClosed }) => share(gapClosed) },
    { title: 'Slow-down', align: 'right', cell: ({ meanSlowdown }) => fine(meanSlowdown) },
    { title: 'p95', align: 'right', cell: ({ p95Slowdown }) => (0, numbers_1.change)(1 + p95Slowdown) },
];
const summaryColumns = [
    { title: 'Mode', cell: ({ mode }) => mode },
    { title: 'Target', align: 'right', cell: ({ slowdown }) => (0, numbers_1.percent)(slowdown) },
    { title: 'Policy', cell: ({ policy }) => policy },
    { title: 'Volatile', align: 'right', cell: (row) => String(row.volatile) },
    { title: 'Vs static', align: 'right', cell: ({ carbonVsStatic }) => fine(carbonVsStatic) },
    { title: 'Gap closed', align: 'right', cell: ({ gapClosed }) => share(gapClosed) },
    { title: 'Worst', align: 'right', cell: ({ worstGapClosed }) => share(worstGapClosed) },
    { title: 'Slow-down off by at most', align: 'right', cell: ({ worstSlowdownError }) => fine(worstSlowdownError) },
];
/** Two digits: gains of a tenth of a per cent count here. */
function fine(ratio) {
    if (ratio === null)
        return '–';
    const digits = (100 * Math.abs(ratio)).toFixed(2);
    return `${Number(digits) === 0 ? '' : ratio < 0 ? '−' : '+'}${digits} %`;
}
function share(ratio) {
    return ratio === null ? '–' : `${Math.round(100 * ratio) || 0} %`;
}
function reportText({ results, summary }, style) {
    return [
        (0, text_1.table)(resultColumns, results),
        '',
        style.bold('Mean over what is volatile: where the oracle saves 0.3 % or more over a cap'),
        (0, text_1.table)(summaryColumns, summary),
        '',
        style.dim('Carbon: of the GPU alone, against maximum power. Vs static, and the gap to the oracle: at the same slow-down.'),
        style.dim('tuned: each weight set on these runs. held: a daily run; set on the first year, measured in the second.'),
    ].join('\n');
}
//# sourceMappingURL=simulateCarbon.js.map