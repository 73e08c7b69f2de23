"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.addJob = addJob;
/** `wattbandit job`: create, look at, start and stop recurring jobs. */
const promises_1 = require("node:readline/promises");
const client_1 = require("../client");
const connection_1 = require("./connection");
const failures_1 = require("./failures");
const jobCreation_1 = require("./jobCreation");
const jobDescription_1 = require("./jobDescription");
const jobExport_1 = require("./jobExport");
const jobImport_1 = require("./jobImport");
const numbers_1 = require("./numbers");
const session_1 = require("./session");
const text_1 = require("./text");
function addJob(program) {
    const job = program.command('job').description('create, look at, start and stop recurring jobs');
    job
        .command('create <files...>')
        .description('create the jobs of one or more job files; creating a job again changes nothing')
        .option('--paused', 'let no slot start before `job resume`')
        .option('--task-queue <name>', 'task queue of the workers that run it')
        .action((0, session_1.action)(jobCreation_1.createJobs));
    job
        .command('list')
        .description('list all jobs')
        .action((0, session_1.action)((session) => (0, connection_1.withJobs)(session, (jobs) => list(session, jobs))));
    job
        .command('describe <job>')
        .description('show state, next slots, totals, and what is believed of each batch size')
        .action((0, session_1.action)((session, name) => (0, connection_1.withJobs)(session, async (jobs) => {
        const description = await (0, jobDescription_1.descriptionOf)(jobs, name);
        session.output.one(description, (style) => (0, jobDescription_1.descriptionText)(description, style));
    })));
    (0, jobExport_1.addJobExport)(job);
    (0, jobImport_1.addJobImport)(job);
    addVerbs(job);
}
const verbs = [
    {
        name: 'trigger',
        description: 'start one recurrence now, if the overlap rule lets it',
        done: 'triggered',
        run: (jobs, job) => jobs.trigger(job),
        noted: false,
    },
    {
        name: 'pause',
        description: 'start no more recurrences; what runs goes on',
        done: 'paused',
        run: (jobs, job, note) => jobs.pause(job, note),
        noted: true,
    },
    {
        name: 'resume',
        description: 'start recurrences again',
        done: 'resumed',
        run: (jobs, job, note) => jobs.resume(job, note),
        noted: true,
    },
];
function addVerbs(job) {
    for (const { name, description, done, run, noted } of verbs) {
        const note = `${done} by wattbandit job ${name}`;
        const command = job.command(`${name} <job>`).description(description);
        if (noted)
            command.option('--note <text>', 'why, for those who look at the Schedule', note);
        command.action((0, session_1.action)(async (session, id, options) => {
            await (0, connection_1.withJobs)(session, (jobs) => run(jobs, id, options.note ?? note));
            session.output.one({ job: id, result: done }, () => `${done}  ${id}`);
        }));
    }
    job
        .command('delete <job>')
        .description('end the Schedule and the memory of a job; runs under way finish, histories stay')
        .option('--yes', 'do not ask')
        .action((0, session_1.action)(remove));
}
async function list({ output }, jobs) {
    const summaries = await jobs.list();
    const columns = [
        { title: 'Job', cell: ({ job }) => job },
        { title: 'State', cell: ({ paused }) => (paused ? 'paused' : 'running') },
        { title: 'Last slot', cell: ({ lastSlotAt }) => (0, numbers_1.instant)(lastSlotAt) },
        { title: 'Next slot', cell: ({ nextSlotAt }) => (0, numbers_1.instant)(nextSlotAt) },
        { title: 'Note', cell: ({ note }) => note ?? '' },
    ];
    output.many('jobs', summaries, () => (0, text_1.table)(columns, summaries));
}
async function remove(session, job, options) {
    const { output } = session;
    return (0, connection_1.withJobs)(session, async (jobs) => {
        if (!(await jobs.exists(job)))
            throw (0, client_1.unknownJob)(job);
        output.talk(`This ends the Schedule and the memory of job ${job}. A job created again starts to learn anew.`);
        if (options.yes !== true && !(await confirmed(output.complain.bind(output))))
            return failures_1.exitCodes.usage;
        await jobs.delete(job);
        output.one({ job, result: 'deleted' }, () => `deleted  ${job}`);
        return failures_1.exitCodes.done;
    });
}
async function confirmed(complain) {
    if (!process.stdin.isTTY) {
        complain('Nothing was done: give --yes where nobody can be asked.');
        return false;
    }
    const terminal = (0, promises_1.createInterface)({ input: process.stdin, output: process.stderr });
    const answer = await terminal.question('Go on? (yes/no) ');
    terminal.close();
    return /^y(es)?$/i.test(answer.trim());
}
//# sourceMappingURL=job.js.map