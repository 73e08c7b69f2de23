/** `wattbandit job`: create, look at, start and stop recurring jobs. */
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import type { JobClient } from '../client';
import { unknownJob } from '../jobs/unknownJob';
import { withJobs } from './connection';
import { exitCodes } from './failures';
import { createJobs } from './jobCreation';
import { descriptionOf, descriptionText } from './jobDescription';
import { addJobExport } from './jobExport';
import { addJobImport } from './jobImport';
import { addJobTrust } from './jobTrust';
import { watchJob } from './jobWatch';
import { instant } from './numbers';
import { type Session, action } from './session';
import { type Column, table } from './text';

export function addJob(program: Command): void {
  const job = program.command('job').description('create, look at, start and stop recurring jobs');
  job
    .command('create <files...>')
    .description('create the jobs of one or more job files; creating a job again changes nothing')
    .option('--paused', 'let no slot start before `job resume`')
    .option('--shadow', 'change nothing yet: observe, and say what would be done; `job promote` goes on from there')
    .option('--task-queue <name>', 'task queue of the workers that run it')
    .action(action(createJobs));
  job
    .command('list')
    .description('list all jobs')
    .action(action((session) => withJobs(session, (jobs) => list(session, jobs))));
  job
    .command('describe <job>')
    .description('show state, next slots, totals, and what is believed of each batch size')
    .option('--watch', 'again and again, until it is interrupted')
    .action(
      action((session, name: string, { watch }: { watch?: boolean }) =>
        watch === true
          ? watchJob(session, name)
          : withJobs(session, async (jobs) => {
              const description = await descriptionOf(jobs, name);
              session.output.one(description, (style) => descriptionText(description, style));
            }),
      ),
    );
  addJobExport(job);
  addJobImport(job);
  addJobTrust(job);
  addVerbs(job);
}

interface Verb {
  readonly name: string;
  readonly description: string;
  readonly done: string;
  readonly run: (jobs: JobClient, job: string, note: string) => Promise<void>;
  /** Whether the Schedule keeps a note of it. */
  readonly noted: boolean;
}

const verbs: readonly Verb[] = [
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

function addVerbs(job: Command): void {
  for (const { name, description, done, run, noted } of verbs) {
    const note = `${done} by wattbandit job ${name}`;
    const command = job.command(`${name} <job>`).description(description);
    if (noted) command.option('--note <text>', 'why, for those who look at the Schedule', note);
    command.action(
      action(async (session, id: string, options: { note?: string }) => {
        await withJobs(session, (jobs) => run(jobs, id, options.note ?? note));
        session.output.one({ job: id, result: done }, () => `${done}  ${id}`);
      }),
    );
  }
  job
    .command('delete <job>')
    .description('end the Schedule and the memory of a job; runs under way finish, histories stay')
    .option('--yes', 'do not ask')
    .action(action(remove));
}

async function list({ output }: Session, jobs: JobClient): Promise<void> {
  const summaries = await jobs.list();
  const columns: readonly Column<(typeof summaries)[number]>[] = [
    { title: 'Job', cell: ({ job }) => job },
    { title: 'State', cell: ({ paused }) => (paused ? 'paused' : 'running') },
    { title: 'Last slot', cell: ({ lastSlotAt }) => instant(lastSlotAt) },
    { title: 'Next slot', cell: ({ nextSlotAt }) => instant(nextSlotAt) },
    { title: 'Note', cell: ({ note }) => note ?? '' },
  ];
  output.many('jobs', summaries, () => table(columns, summaries));
}

async function remove(session: Session, job: string, options: { yes?: boolean }) {
  const { output } = session;
  return withJobs(session, async (jobs) => {
    if (!(await jobs.exists(job))) throw unknownJob(job);
    output.talk(`This ends the Schedule and the memory of job ${job}. A job created again starts to learn anew.`);
    if (options.yes !== true && !(await confirmed(output.complain.bind(output)))) return exitCodes.usage;
    await jobs.delete(job);
    output.one({ job, result: 'deleted' }, () => `deleted  ${job}`);
    return exitCodes.done;
  });
}

async function confirmed(complain: (text: string) => void): Promise<boolean> {
  if (!process.stdin.isTTY) {
    complain('Nothing was done: give --yes where nobody can be asked.');
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question('Go on? (yes/no) ');
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
