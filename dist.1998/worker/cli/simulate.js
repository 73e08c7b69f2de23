"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.addSimulate = addSimulate;
/** `wattbandit simulate`, also `simulate jobs`: policies against each other on recorded or synthetic jobs, without a server. */
const commander_1 = require("commander");
const simulate_1 = require("../../simulation/simulate");
const packaged_1 = require("../packaged");
const numbers_1 = require("./numbers");
const options_1 = require("./options");
const progress_1 = require("./progress");
const simulateCarbon_1 = require("./simulateCarbon");
const session_1 = require("./session");
const text_1 = require("./text");
function addSimulate(program) {
    const simulations = program.command('simulate').description('play policies without a server: `--help` after each');
    simulations
        .command('jobs', { isDefault: true })
        .description('policies against each other on recorded or synthetic jobs')
        .option('--traces <directory>', 'recordings (CSV)', packaged_1.packagedTraces)
        .option('--gpu <models>', 'as v100,a40 (default: all there are)', options_1.list)
        .option('--job <names>', 'as cifar100,squad (default: all there are)', options_1.list)
        .option('--policy <names>', 'wattbandit, zeus, oracle, default', options_1.list, ['wattbandit', 'zeus'])
        .option('--seeds <n>', 'repetitions, each with its own luck', options_1.wholeNumber, 10)
        .option('--recurrences <lengths>', 'after how many recurrences to report', lengths, [20, 100])
        .option('--eta <ratio>', '0: only time matters, 1: only energy', options_1.ratio, 0.5)
        .option('--max-slowdown <factor>', 'over the default batch size at maximum power, at least 1', options_1.positiveNumber)
        .option('--deadline <duration>', 'of a run, as 90s or 2h', options_1.seconds)
        .option('--target <metric>', 'validation metric to reach; or job=metric, repeatable', options_1.perJob)
        .option('--default-batch-size <size>', 'or job=size, repeatable', options_1.perJob)
        .option('--max-epochs <n>', 'or job=n, repeatable', options_1.perJob)
        .option('--scenario <name>', 'what changes or breaks meanwhile')
        .addOption(new commander_1.Option('--synthetic <n>', 'so many made-up jobs instead of the recorded ones')
        .argParser(options_1.wholeNumber)
        .conflicts(['traces', 'gpu', 'job', 'target', 'defaultBatchSize', 'maxEpochs']))
        .action((0, session_1.action)((session, options) => run(session, options)));
    (0, simulateCarbon_1.addSimulateCarbon)(simulations);
}
function run({ output }, options) {
    const progress = new progress_1.Progress(output);
    const report = (0, simulate_1.simulate)({
        ...simulationOptions(options),
        onProgress: ({ done, total, name }) => progress.say(`simulating ${name} (${done} of ${total} jobs done)`),
    });
    progress.clear();
    if (output.format === 'text')
        output.one({}, (style) => reportText(report, style));
    else
        output.document(report);
}
function simulationOptions(options) {
    const { traces, gpu, job, policy, maxSlowdown, deadline, ...same } = options;
    return {
        ...same,
        tracesDirectory: traces,
        gpus: gpu,
        jobs: job,
        policies: policy,
        objective: { maxSlowdown, deadlineSeconds: deadline },
    };
}
function lengths(text) {
    return (0, options_1.list)(text).map(options_1.wholeNumber);
}
const resultColumns = [
    { title: 'GPU', cell: ({ gpu }) => gpu },
    { title: 'Job', cell: ({ job }) => job },
    { title: 'Policy', cell: ({ policy }) => policy },
    { title: 'Recurrences', align: 'right', cell: ({ recurrences }) => String(recurrences) },
    { title: 'Regret', align: 'right', cell: ({ regret }) => `${regret.mean.toFixed(2)} ± ${regret.ci95.toFixed(2)}` },
    { title: 'Cost/oracle', align: 'right', cell: ({ costOverOracle }) => costOverOracle.toFixed(3) },
    { title: 'Last 20', align: 'right', cell: ({ tailCostOverOracle }) => tailCostOverOracle.toFixed(3) },
    { title: 'Energy', align: 'right', cell: ({ energyVsDefault }) => (0, numbers_1.change)(energyVsDefault) },
    { title: 'Time', align: 'right', cell: ({ timeVsDefault }) => (0, numbers_1.change)(timeVsDefault) },
    { title: 'Failed runs', align: 'right', cell: ({ failedRuns }) => failedRuns.toFixed(1) },
];
const summaryColumns = [
    { title: 'Policy', cell: ({ policy }) => policy },
    { title: 'Recurrences', align: 'right', cell: ({ recurrences }) => String(recurrences) },
    { title: 'Jobs', align: 'right', cell: ({ jobs }) => String(jobs) },
    { title: 'Regret', align: 'right', cell: ({ regret }) => regret.toFixed(2) },
    { title: 'Of Zeus', align: 'right', cell: ({ ratioToZeus }) => ratioToZeus?.toFixed(2) ?? '–' },
    { title: 'Worst', align: 'right', cell: ({ worstRatioToZeus }) => worstRatioToZeus?.toFixed(2) ?? '–' },
    { title: 'Last 20', align: 'right', cell: ({ tailCostOverOracle }) => tailCostOverOracle.toFixed(3) },
    { title: 'Worst', align: 'right', cell: ({ worstTailCostOverOracle }) => worstTailCostOverOracle.toFixed(3) },
    { title: 'Failed runs', align: 'right', cell: ({ failedRuns }) => failedRuns.toFixed(1) },
];
function reportText({ results, summary }, style) {
    return [
        (0, text_1.table)(resultColumns, results),
        '',
        style.bold('Over all jobs'),
        (0, text_1.table)(summaryColumns, summary),
        '',
        style.dim('Regret: recurrences’ worth of the oracle’s cost that were wasted. Energy and time: against the default batch size at maximum power.'),
    ].join('\n');
}
//# sourceMappingURL=simulate.js.map