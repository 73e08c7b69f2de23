/** `wattbandit report`: what jobs drew and emitted in a period, against maximum power and the best static cap. */
import type { Command } from 'commander';
import type { CachedSource } from '../../activities/carbon/cached';
import { createSource } from '../../activities/carbon/sourceDescription';
import { jobIdPattern } from '../../workflows/contracts';
import { JobClient } from '../client';
import { unknownJob } from '../jobs/unknownJob';
import { csvOf } from '../report/csv';
import { htmlOf } from '../report/html';
import { type ReadRuns, type Wanted, readRuns } from '../report/readRuns';
import { reportOf } from '../report/report';
import type { Report } from '../report/rows';
import type { Period, ReportedRun } from '../report/runs';
import { settle } from '../report/settle';
import { type CarbonOptions, addCarbonOptions, describedSource } from './carbonOptions';
import { withClient } from './connection';
import { instant, seconds, wholeNumber } from './options';
import { documentFormats, outputFormats } from './output';
import { Progress } from './progress';
import { reportText } from './reportText';
import { type Session, action } from './session';

interface ReportOptions extends CarbonOptions {
  readonly from: string;
  readonly to?: string;
  readonly settleAfter: number;
  readonly limit: number;
}

export function addReport(program: Command): void {
  const command = program
    .command('report [jobs...]')
    .description('energy and emissions of a period by job, all jobs unless named; also as -o csv and html')
    .requiredOption('--from <instant>', 'where the period begins, as 2026-11-01 (UTC)', instant)
    .option('--to <instant>', 'where it ends, exclusive; now unless given', instant)
    .option('--settle-after <duration>', 'age of values at which a source is asked again', seconds, 86_400)
    .option('--limit <n>', 'the most recurrences to read, latest first', wholeNumber, 5000);
  addCarbonOptions(command).action(action(run, [...outputFormats, ...documentFormats]));
}

async function run(session: Session, jobs: readonly string[], options: ReportOptions, command: Command) {
  const period = periodOf(options, command);
  const misnamed = jobs.find((job) => !jobIdPattern.test(job));
  if (misnamed !== undefined) command.error(`error: ${JSON.stringify(misnamed)} is no name of a job`);
  const source = await sourceOf(options, command);
  const { runs, reading } = await read(session, { period, jobs, mostRecurrences: options.limit });
  const { settleAfter: settleAfterSeconds } = options;
  const settled = await settle(runs, { now: new Date(), settleAfterSeconds, ...(source && { source }) });
  const { settlement } = settled;
  if (settlement.failure !== null) session.output.complain(settlement.failure);
  print(session, reportOf({ period, runs: settled.runs, read: reading, settlement }), settled.runs);
}

function periodOf({ from, to }: ReportOptions, command: Command): Period {
  const period = { fromAt: from, toAt: to ?? new Date().toISOString() };
  if (period.fromAt < period.toAt) return period;
  return command.error(`error: --to ${period.toAt} must be after --from ${period.fromAt}`);
}

/** Without a word of a source nobody is asked. */
async function sourceOf(
  { from: _from, to: _to, settleAfter: _after, limit: _limit, ...carbon }: ReportOptions,
  command: Command,
): Promise<CachedSource | undefined> {
  return Object.keys(carbon).length === 0 ? undefined : createSource(await describedSource(carbon, command));
}

async function read(session: Session, wanted: Omit<Wanted, 'onProgress'>): Promise<ReadRuns> {
  const progress = new Progress(session.output);
  const onProgress = (done: number, total: number) => progress.say(`read ${done} of ${total} recurrences`);
  const found = await withClient(session, async (client) => {
    const jobs = new JobClient(client);
    const unknown = new Set<string>();
    for (const job of wanted.jobs) if (!(await jobs.exists(job))) unknown.add(job);
    return { ...(await readRuns(client, jobs, { ...wanted, onProgress })), unknown };
  }).finally(() => progress.clear());
  // One that was deleted may have run in the period.
  const [nobody] = [...found.unknown].filter((name) => !found.runs.some(({ job }) => job === name));
  if (nobody !== undefined) throw unknownJob(nobody);
  return found;
}

function print({ output }: Session, report: Report, runs: readonly ReportedRun[]): void {
  if (output.format === 'csv') output.text(csvOf(runs));
  else if (output.format === 'html') output.text(htmlOf(report));
  else output.one(report, (style) => reportText(report, style));
}
