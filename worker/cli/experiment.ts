/** `wattbandit experiment`: sweeps over policies, jobs, η, β and scenarios, here or on workers. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import type { Row } from '../../simulation/sweep';
import { summariseRows } from '../../simulation/sweep';
import { defaultTaskQueue } from '../client';
import { WattbanditError } from '../errors';
import { type Plan, inputFor, readPlan } from '../experiment/plan';
import { listExperiments } from '../experiment/listExperiments';
import { playHere } from '../experiment/playHere';
import { cancelExperiment, playOnWorkers } from '../experiment/playOnWorkers';
import { headerOf, linesOf } from '../experiment/result';
import { withClient, withPatientClient } from './connection';
import { addExperimentPaper } from './experimentPaper';
import { experimentText } from './experimentText';
import { experimentsText } from './experimentsText';
import { writeNew } from './newFile';
import { wholeNumber } from './options';
import { Progress } from './progress';
import { type Session, action } from './session';
import { plainLines } from './text';

interface RunOptions {
  readonly local?: boolean;
  readonly durable?: boolean;
  readonly out?: string;
  readonly concurrency: number;
  readonly taskQueue: string;
}

/** About ten seconds here; what is longer should survive this process. */
const largeRecurrences = 1_000_000;

const defaultConcurrency = 16;

export function addExperiment(program: Command): void {
  const experiment = program.command('experiment').description('sweeps: policies under every combination of settings');
  experiment
    .command('run <sweep>')
    .description('play a sweep file (YAML): a small one here, a large one on workers; run again, it goes on')
    .option('--local', 'here, whatever its size')
    .addOption(new Option('--durable', 'on workers, whatever its size').conflicts('local'))
    .option('--out <file>', 'a new file for the result, lines of JSON')
    .option('--concurrency <n>', 'on workers: simulations at once', wholeNumber, defaultConcurrency)
    .option('--task-queue <name>', 'of the workers', defaultTaskQueue)
    .action(action(run));
  addExperimentPaper(experiment);
  experiment
    .command('list')
    .description('list what `experiment run` began on workers, the newest first')
    .action(action(list));
  experiment
    .command('cancel <sweep>')
    .description('stop what `experiment run` began on workers; parts that are done stay done')
    .action(action(cancel));
}

async function run(session: Session, file: string, options: RunOptions): Promise<void> {
  if (options.out !== undefined && existsSync(options.out))
    throw new WattbanditError('conflict', `Cannot write the result to ${options.out}: there is such a file already.`);
  const plan = await readPlan(file);
  const isDurable = options.durable === true || (options.local !== true && plan.recurrences > largeRecurrences);
  const rows = await (isDurable ? onWorkers(session, plan, options) : here(session, plan));
  const header = headerOf(plan, basename(file));
  const { output } = session;
  if (options.out !== undefined) await writeNew(options.out, linesOf(header, rows));
  if (output.format === 'jsonl') output.text(plainLines(linesOf(header, rows).trimEnd()));
  else
    output.one({ ...header, rows, summary: summariseRows(rows), out: options.out }, (style) =>
      experimentText(rows, options.out, style),
    );
}

async function here({ output }: Session, plan: Plan): Promise<readonly Row[]> {
  const progress = new Progress(output);
  const rows = await playHere(plan, (done) => progress.say(`${done} of ${plan.cells.length} cells are done`));
  progress.clear();
  return rows;
}

async function onWorkers(session: Session, plan: Plan, options: RunOptions): Promise<readonly Row[]> {
  const input = inputFor(plan, options.concurrency);
  const { output } = session;
  return withPatientClient(session, async (client) => {
    output.talk(
      `${input.id}: ${input.cells} cells for workers that \`wattbandit worker start --experiments\` starts, one for each core. ` +
        'Ctrl-C leaves it running; the same command comes back to it.',
    );
    const progress = new Progress(output);
    const onProgress = (done: number) => progress.say(`${done} of ${input.cells} cells are done`);
    const rows = await playOnWorkers(client, input, { taskQueue: options.taskQueue, onProgress });
    progress.clear();
    return rows;
  });
}

async function list(session: Session): Promise<void> {
  const experiments = await withPatientClient(session, listExperiments);
  session.output.many('experiments', experiments, (style) => experimentsText(experiments, style));
}

async function cancel(session: Session, file: string): Promise<void> {
  const { id } = inputFor(await readPlan(file), defaultConcurrency);
  await withClient(session, (client) => cancelExperiment(client, id));
  session.output.one({ experiment: id, result: 'cancelled' }, () => `cancelled  ${id}`);
}
