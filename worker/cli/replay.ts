/** `wattbandit replay`: does this version still do what history says, and would it decide as it was decided? */
import { type Command, InvalidArgumentError } from 'commander';
import { jobIdPattern } from '../../workflows/contracts';
import { unknownJob } from '../client';
import { dataConverterFor } from '../encryption/dataConverter';
import { isGone } from '../replay/banditRuns';
import { type Replayed, isIdentical, replayAll } from '../replay/replay';
import { type ReplaySource, readReplaySource, sourcesOfJob } from '../replay/replaySources';
import { type Verified, nothingVerified, together } from '../replay/verify';
import { withClient } from './connection';
import { encryptionOf } from './encryption';
import { type ExitCode, exitCodes } from './failures';
import { wholeNumber } from './options';
import { Progress } from './progress';
import { type Session, action } from './session';
import { type Style, plain } from './text';

interface ReplayOptions {
  readonly job?: string;
  readonly history?: readonly string[];
  readonly recurrences: number;
}

export function addReplay(program: Command): void {
  program
    .command('replay')
    .description(
      'replay histories with this version, and make their decisions again: identical, or the first difference',
    )
    .option('--job <job>', 'histories of its bandit and recurrences on the server', jobId)
    .option('--history <files...>', 'histories as JSON, and exports as JSON Lines')
    .option('--recurrences <n>', 'of a job: the histories of so many of its latest recurrences', wholeNumber, 20)
    .action(action(replay));
}

function jobId(text: string): string {
  if (jobIdPattern.test(text)) return text;
  throw new InvalidArgumentError('It must be the name of a job.');
}

async function replay(session: Session, options: ReplayOptions, command: Command): Promise<ExitCode> {
  const { job, history } = options;
  if ((job === undefined) === (history === undefined)) command.error('error: give either --job or --history');
  const replayed =
    history === undefined ? await replayJob(session, job ?? '', options) : await replayFiles(session, history);
  const identical = replayed.every(isIdentical);
  const verified = replayed.map((each) => each.verified).reduce(together, nothingVerified);
  const histories = replayed.filter(({ replays }) => replays !== null).length;
  const summary = { identical, node: process.versions.node, histories, ...verified };
  session.output.one({ ...summary, replayed }, (style) => textOf({ replayed, identical, histories, verified }, style));
  return identical ? exitCodes.done : exitCodes.checkFailed;
}

async function replayJob(session: Session, job: string, { recurrences }: ReplayOptions) {
  return withClient(session, (client) => replaySources(session, sourcesOfJob(client, job, recurrences))).catch(
    (error: unknown) => {
      throw isGone(error) ? unknownJob(job) : error;
    },
  );
}

async function replayFiles(session: Session, files: readonly string[]) {
  async function* sources(): AsyncIterable<ReplaySource> {
    for (const file of files) yield await readReplaySource(file);
  }
  return replaySources(session, sources());
}

async function replaySources(session: Session, sources: AsyncIterable<ReplaySource>): Promise<readonly Replayed[]> {
  const progress = new Progress(session.output);
  const converter = await dataConverterFor(await encryptionOf(session.globals));
  const replayed: Replayed[] = [];
  for await (const each of replayAll(sources, converter)) {
    replayed.push(each);
    progress.say(`replayed ${replayed.length}, ${each.name}`);
  }
  progress.clear();
  return replayed.toSorted((a, b) => (a.name < b.name ? -1 : 1));
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
          `  first: slot ${plain(first.slot)}, run ${first.attempt}, ${plain(first.field)}: was ${short(first.recorded)}, is ${short(first.now)}`,
        ]),
  ];
  return lines.join('\n');
}

function short(value: unknown): string {
  return plain(JSON.stringify(value).slice(0, 200));
}
