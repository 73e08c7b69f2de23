"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.addReport = addReport;
const sourceDescription_1 = require("../../activities/carbon/sourceDescription");
const contracts_1 = require("../../workflows/contracts");
const client_1 = require("../client");
const csv_1 = require("../report/csv");
const html_1 = require("../report/html");
const readRuns_1 = require("../report/readRuns");
const report_1 = require("../report/report");
const settle_1 = require("../report/settle");
const carbonOptions_1 = require("./carbonOptions");
const connection_1 = require("./connection");
const options_1 = require("./options");
const output_1 = require("./output");
const progress_1 = require("./progress");
const reportText_1 = require("./reportText");
const session_1 = require("./session");
function addReport(program) {
    const command = program
        .command('report [jobs...]')
        .description('energy and emissions of a period by job, all jobs unless named; also as -o csv and html')
        .requiredOption('--from <instant>', 'where the period begins, as 2026-11-01 (UTC)', options_1.instant)
        .option('--to <instant>', 'where it ends, exclusive; now unless given', options_1.instant)
        .option('--settle-after <duration>', 'age of values at which a source is asked again', options_1.seconds, 86_400)
        .option('--limit <n>', 'the most recurrences to read, latest first', options_1.wholeNumber, 5000);
    (0, carbonOptions_1.addCarbonOptions)(command).action((0, session_1.action)(run, [...output_1.outputFormats, ...output_1.documentFormats]));
}
async function run(session, jobs, options, command) {
    const period = periodOf(options, command);
    const misnamed = jobs.find((job) => !contracts_1.jobIdPattern.test(job));
    if (misnamed !== undefined)
        command.error(`error: ${JSON.stringify(misnamed)} is no name of a job`);
    const source = await sourceOf(options, command);
    const { runs, reading } = await read(session, { period, jobs, mostRecurrences: options.limit });
    const { settleAfter: settleAfterSeconds } = options;
    const settled = await (0, settle_1.settle)(runs, { now: new Date(), settleAfterSeconds, ...(source && { source }) });
    const { settlement } = settled;
    if (settlement.failure !== null)
        session.output.complain(settlement.failure);
    print(session, (0, report_1.reportOf)({ period, runs: settled.runs, read: reading, settlement }), settled.runs);
}
function periodOf({ from, to }, command) {
    const period = { fromAt: from, toAt: to ?? new Date().toISOString() };
    if (period.fromAt < period.toAt)
        return period;
    return command.error(`error: --to ${period.toAt} must be after --from ${period.fromAt}`);
}
/** Without a word of a source nobody is asked. */
async function sourceOf({ from: _from, to: _to, settleAfter: _after, limit: _limit, ...carbon }, command) {
    return Object.keys(carbon).length === 0 ? undefined : (0, sourceDescription_1.createSource)(await (0, carbonOptions_1.describedSource)(carbon, command));
}
async function read(session, wanted) {
    const progress = new progress_1.Progress(session.output);
    const onProgress = (done, total) => progress.say(`read ${done} of ${total} recurrences`);
    const found = await (0, connection_1.withClient)(session, async (client) => {
        const jobs = new client_1.JobClient(client);
        const unknown = new Set();
        for (const job of wanted.jobs)
            if (!(await jobs.exists(job)))
                unknown.add(job);
        return { ...(await (0, readRuns_1.readRuns)(client, jobs, { ...wanted, onProgress })), unknown };
    }).finally(() => progress.clear());
    // One that was deleted may have run in the period.
    const [nobody] = [...found.unknown].filter((name) => !found.runs.some(({ job }) => job === name));
    if (nobody !== undefined)
        throw (0, client_1.unknownJob)(nobody);
    return found;
}
function print({ output }, report, runs) {
    if (output.format === 'csv')
        output.text((0, csv_1.csvOf)(runs));
    else if (output.format === 'html')
        output.text((0, html_1.htmlOf)(report));
    else
        output.one(report, (style) => (0, reportText_1.reportText)(report, style));
}
//# sourceMappingURL=report.js.map