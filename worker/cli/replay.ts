/** `wattbandit replay`: does this version still do what history says, and would it decide as it was decided? */
import type { DataConverter } from '@temporalio/common';
import { type Command, InvalidArgumentError } from 'commander';
import { jobIdPattern } from '../../workflows/contracts';
import { dataConverterFor } from '../encryption/dataConverter';
import { unknownJob } from '../jobs/unknownJob';
import { isGone } from '../replay/banditRuns';
import { joinedLog } from '../replay/joinedLog';
import { type Replayed, isIdentical, replayAll } from '../replay/replay';
import { type ReplaySource, readReplaySources, sourcesOfJob } from '../replay/replaySources';
import { type Divergence, type Verified, nothingVerified, together } from '../replay/verify';
import { withClient } from './connection';
import { encryptionOf } from './encryption';
import { type ExitCode, exitCodes } from './failures';
import { list, wholeNumber } from './options';
import { Progress } from './progress';
import { replayPolicy } from './replayPolicy';
import { type Session, action } from './session';
import { type Style, plain } from './text';

interface ReplayOptions {
  readonly job?: string;
  readonly history?: readonly string[];
  readonly recurrences: number;
  readonly policy?: readonly string[];
  readonly seeds: number;
}

export function addReplay(program: Command): void {
  program
    .command('replay')
    .description(
      'replay histories with this version, and make their decisions again: identical, or the first difference',
    )
    .option('--job <job>', 'histories of its bandit, recurrences and carbon timers on the server', jobId)
    .option('--history <files...>', 'histories as JSON, and exports as JSON Lines')
    .option('--recurrences <n>', 'of a job: so many of its latest recurrences', wholeNumber, 20)
    .option('--policy <names>', 'instead: what it would have cost under wattbandit, zeus, default or ./a-file.ts', list)
    .option('--seeds <n>', 'with --policy: so many worlds that the log leaves possible', wholeNumber, 100)
    .action(action(replay));
}

function jobId(text: string): string {
  if (jobIdPattern.test(text)) return text;
  throw new InvalidArgumentError('It must be the name of a job.');
}

async function replay(session: Session, options: ReplayOptions, command: Command): Promise<ExitCode> {
  const { job, history: files, policy: policies, seeds, recurrences } = options;
  if ((job === undefined) === (files === undefined)) command.error('error: give either --job or --history');
  const converter = await dataConverterFor(await encryptionOf(session.globals));
  const use = async (sources: AsyncIterable<ReplaySource>): Promise<ExitCode> => {
    if (policies === undefined) return replayHere(session, sources, converter);
    await replayPolicy(session, await joinedLog(sources, converter), { policies, seeds });
    return exitCodes.done;
  };
  if (job === undefined) return use(readReplaySources(files ?? []));
  const latest = policies === undefined ? recurrences : 0;
  return withClient(session, (client) => use(sourcesOfJob(client, job, latest))).catch((error: unknown) => {
    throw isGone(error) ? unknownJob(job) : error;
  });
}

async function replayHere({ output }: Session, sources: AsyncIterable<ReplaySource>, converter: DataConverter) {
  const progress = new Progress(output);
  const found: Replayed[] = [];
  for await (const each of replayAll(sources, { converter, onWorker: quieten })) {
    found.push(each);
    progress.say(`replayed ${found.length}, ${each.name}`);
  }
  progress.clear();
  const replayed = found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const identical = replayed.every(isIdentical);
  const verified = replayed.map((each) => each.verified).reduce(together, nothingVerified);
  const histories = replayed.filter(({ replays }) => replays !== null).length;
  const summary = { identical, node: process.versions.node, histories, ...verified };
  output.one({ ...summary, replayed }, (style) => textOf({ replayed, identical, histories, verified }, style));
  return identical ? exitCodes.done : exitCodes.checkFailed;
}

/** Loaded here only: who reads exports needs no native worker. */
async function quieten(): Promise<void> {
  const [{ installRuntime }, { DefaultLogger }] = await Promise.all([
    import('../telemetry.js'),
    import('@temporalio/worker'),
  ]);
  installRuntime(undefined, { logger: new DefaultLogger('ERROR') });
}

interface Report {
  readonly replayed: readonly Replayed[];
  readonly identical: boolean;
  readonly histories: number;
  readonly verified: Verified;
}

function textOf({ replayed, identical, histories, verified }: Report, style: Style): string {
  const { decisions, exact } = verified;
  const word = identical ? style.good('identical') : style.bad('not identical');
  const digits = `${exact} compared to the last digit, by Node ${process.versions.node}`;
  return [
    ...replayed.map((each) => lineOf(each, style)),
    `${word}  ${histories} histories, ${decisions} decisions, ${digits}`,
  ].join('\n');
}

function lineOf(of: Replayed, style: Style): string {
  const { name, replays, why, verified } = of;
  const { decisions, diverged, first } = verified;
  if (isIdentical(of))
    return `${style.good('same')}  ${plain(name)}${decisions === 0 ? '' : `  ${decisions} decisions`}`;
  const lines = [
    ...(replays === false ? [`${style.bad('does not replay')}  ${plain(name)}  ${plain(why ?? '')}`] : []),
    ...(first === null
      ? []
      : [
          `${style.bad('other')}  ${plain(name)}  ${diverged} of ${decisions} decisions`,
          `  first: ${placeOf(first)}, ${plain(first.field)}: was ${short(first.recorded)}, is ${short(first.now)}`,
        ]),
  ];
  return lines.join('\n');
}

function placeOf({ slot, attempt, at }: Divergence): string {
  const whole = `slot ${plain(slot)}, run ${attempt}`;
  return at === undefined ? whole : `${whole}, at ${plain(at)}`;
}

function short(value: unknown): string {
  return plain(JSON.stringify(value).slice(0, 200));
}
