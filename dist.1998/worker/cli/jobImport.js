"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.addJobImport = addJobImport;
/** `wattbandit job import`: lets a job learn from what other systems and other jobs measured. */
const commander_1 = require("commander");
const assess_1 = require("../import/assess");
const sources_1 = require("../import/sources");
const connection_1 = require("./connection");
const failures_1 = require("./failures");
const numbers_1 = require("./numbers");
const options_1 = require("./options");
const session_1 = require("./session");
const text_1 = require("./text");
function addJobImport(job) {
    job
        .command('import <job> <file>')
        .description('learn from runs elsewhere: once each, and as a start that own runs soon outweigh')
        .addOption(new commander_1.Option('--from <kind>', 'what the file is').choices(sources_1.sourceKinds).makeOptionMandatory())
        .option('--zeus-job <id>', 'zeus-sqlite: which of its jobs')
        .option('--gpu-model <name>', 'GPU model of all runs, whatever the file calls it')
        .option('--power-limit <watts>', 'of one GPU, for runs whose limit the file does not tell', options_1.positiveNumber)
        .option('--batch-size <size>', 'zeus-profile: of which batch size it is', options_1.wholeNumber)
        .option('--steps-per-epoch <n>', 'zeus-profile: training steps of an epoch at that size', options_1.wholeNumber)
        .option('--profile-steps <n>', 'zeus-profile: training steps of each measurement', options_1.wholeNumber, 40)
        .option('--dry-run', 'only show what would be taken, and what not')
        .action((0, session_1.action)(importInto));
}
async function importInto(session, job, file, options) {
    const source = await (0, sources_1.readSource)(options.from, file, options);
    const told = { gpuModel: options.gpuModel, powerLimitWatts: options.powerLimit };
    return (0, connection_1.withJobs)(session, async (jobs) => {
        const rows = (0, assess_1.assess)(source, (await jobs.facts(job)).spec, told);
        const sent = rows.flatMap(({ observation }) => observation ?? []);
        const answer = options.dryRun === true ? null : await jobs.importFacts(job, sent);
        const summary = summaryOf(rows, answer);
        session.output.one({ job, from: source.donor.name, dryRun: answer === null, ...summary, rows }, (style) => reportText(rows, summary, style));
        return sent.length > 0 ? failures_1.exitCodes.done : failures_1.exitCodes.checkFailed;
    });
}
function summaryOf(rows, answer) {
    const count = (verdict) => rows.filter((row) => row.verdict === verdict).length;
    return { taken: count('taken'), doubtful: count('doubtful'), dropped: count('dropped'), answer };
}
const columns = [
    { title: 'Row', cell: ({ place }) => place },
    { title: 'Batch size', align: 'right', cell: ({ observation }) => String(observation?.batchSize ?? '–') },
    { title: 'Limit', align: 'right', cell: ({ observation }) => (0, numbers_1.watts)(observation?.powerLimitWatts || null) },
    { title: 'Epochs', align: 'right', cell: ({ observation }) => String(observation?.epochs || '–') },
    { title: 'Time', align: 'right', cell: ({ observation }) => (0, numbers_1.duration)(observation?.seconds || null) },
    { title: 'Energy', align: 'right', cell: ({ observation }) => (0, numbers_1.energy)(observation?.joules || null) },
    { title: 'Outcome', cell: ({ observation }) => observation?.outcome ?? '–' },
    { title: 'Weight', align: 'right', cell: ({ observation }) => observation?.imported?.weight.toFixed(2) ?? '–' },
    { title: 'Verdict', cell: ({ verdict, why }) => (why === '' ? verdict : `${verdict}: ${why}`) },
];
function reportText(rows, summary, style) {
    const { taken, doubtful, dropped, answer } = summary;
    const verdicts = `${taken} taken, ${doubtful} doubtful, ${dropped} dropped`;
    return [(0, text_1.table)(columns, rows), '', style.bold(`${verdicts}; ${outcomeText(answer)}`)].join('\n');
}
function outcomeText(answer) {
    if (answer === null)
        return 'a dry run, so nothing was changed';
    const refused = answer.refused.map(({ id, why }) => `; the job refused ${id}: ${why}`);
    return `the job learned from ${answer.taken}, and knew ${answer.known} already${refused.join('')}`;
}
//# sourceMappingURL=jobImport.js.map