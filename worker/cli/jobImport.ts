/** `wattbandit job import`: lets a job learn from what other systems and other jobs measured. */
import { type Command, Option } from 'commander';
import type { ImportAnswer } from '../../workflows/messages';
import { type Assessed, type Told, assess } from '../import/assess';
import { type SourceKind, type SourceOptions, readSource, sourceKinds } from '../import/sources';
import { withJobs } from './connection';
import { restoreJob } from './jobRestore';
import { type ExitCode, exitCodes } from './failures';
import { duration, energy, watts } from './numbers';
import { positiveNumber, wholeNumber } from './options';
import { type Session, action } from './session';
import { type Column, type Style, table } from './text';

export interface ImportOptions extends SourceOptions {
  readonly from?: SourceKind;
  readonly gpuModel?: string;
  readonly powerLimit?: number;
  readonly dryRun?: boolean;
  /** A job file. */
  readonly restore?: string;
  readonly paused?: boolean;
  readonly taskQueue?: string;
}

export function addJobImport(job: Command): void {
  job
    .command('import <job> <file>')
    .description('learn from runs elsewhere: once each, and as a start that own runs soon outweigh')
    .addOption(new Option('--from <kind>', 'what the file is').choices(sourceKinds))
    .addOption(
      new Option(
        '--restore <job-file>',
        'create the job, which must not exist: it goes on where its export ends',
      ).conflicts(['from', 'dryRun']),
    )
    .option('--paused', 'with --restore: let no slot start before `job resume`')
    .option('--task-queue <name>', 'with --restore: task queue of the workers that run it')
    .option('--zeus-job <id>', 'zeus-sqlite: which of its jobs')
    .option('--gpu-model <name>', 'GPU model of all runs, whatever the file calls it')
    .option('--power-limit <watts>', 'of one GPU, for runs whose limit the file does not tell', positiveNumber)
    .option('--batch-size <size>', 'zeus-profile: of which batch size it is', wholeNumber)
    .option('--steps-per-epoch <n>', 'zeus-profile: training steps of an epoch at that size', wholeNumber)
    .option('--profile-steps <n>', 'zeus-profile: training steps of each measurement', wholeNumber, 40)
    .option('--dry-run', 'only show what would be taken, and what not')
    .action(action(importInto));
}

async function importInto(
  session: Session,
  job: string,
  file: string,
  options: ImportOptions,
  command: Command,
): Promise<ExitCode> {
  const { from, restore } = options;
  if (restore !== undefined) return restoreJob(session, { ...options, job, file, jobFile: restore });
  if (from === undefined) return command.error('error: give --from <kind>, or --restore <job-file>');
  const source = await readSource(from, file, options);
  const told: Told = { gpuModel: options.gpuModel, powerLimitWatts: options.powerLimit };
  return withJobs(session, async (jobs) => {
    const rows = assess(source, (await jobs.facts(job)).spec, told);
    const sent = rows.flatMap(({ observation }) => observation ?? []);
    const answer = options.dryRun === true ? null : await jobs.importFacts(job, sent);
    const summary = summaryOf(rows, answer);
    session.output.one({ job, from: source.donor.name, dryRun: answer === null, ...summary, rows }, (style) =>
      reportText(rows, summary, style),
    );
    return sent.length > 0 ? exitCodes.done : exitCodes.checkFailed;
  });
}

interface Summary {
  readonly taken: number;
  readonly doubtful: number;
  readonly dropped: number;
  /** Null in a dry run. */
  readonly answer: ImportAnswer | null;
}

function summaryOf(rows: readonly Assessed[], answer: ImportAnswer | null): Summary {
  const count = (verdict: Assessed['verdict']) => rows.filter((row) => row.verdict === verdict).length;
  return { taken: count('taken'), doubtful: count('doubtful'), dropped: count('dropped'), answer };
}

const columns: readonly Column<Assessed>[] = [
  { title: 'Row', cell: ({ place }) => place },
  { title: 'Batch size', align: 'right', cell: ({ observation }) => String(observation?.batchSize ?? '–') },
  { title: 'Limit', align: 'right', cell: ({ observation }) => watts(observation?.powerLimitWatts || null) },
  { title: 'Epochs', align: 'right', cell: ({ observation }) => String(observation?.epochs || '–') },
  { title: 'Time', align: 'right', cell: ({ observation }) => duration(observation?.seconds || null) },
  { title: 'Energy', align: 'right', cell: ({ observation }) => energy(observation?.joules || null) },
  { title: 'Outcome', cell: ({ observation }) => observation?.outcome ?? '–' },
  { title: 'Weight', align: 'right', cell: ({ observation }) => observation?.imported?.weight.toFixed(2) ?? '–' },
  { title: 'Verdict', cell: ({ verdict, why }) => (why === '' ? verdict : `${verdict}: ${why}`) },
];

function reportText(rows: readonly Assessed[], summary: Summary, style: Style): string {
  const { taken, doubtful, dropped, answer } = summary;
  const verdicts = `${taken} taken, ${doubtful} doubtful, ${dropped} dropped`;
  return [table(columns, rows), '', style.bold(`${verdicts}; ${outcomeText(answer)}`)].join('\n');
}

function outcomeText(answer: ImportAnswer | null): string {
  if (answer === null) return 'a dry run, so nothing was changed';
  const refused = answer.refused.map(({ id, why }) => `; the job refused ${id}: ${why}`);
  return `the job learned from ${answer.taken}, and knew ${answer.known} already${refused.join('')}`;
}
