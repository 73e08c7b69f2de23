/** `wattbandit plot`: pictures of a job, of an export, of a recording or of a simulation, as SVG, PNG or a page. */
import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { WattbanditError } from '../errors';
import type { Picture } from '../plot/picture';
import { instant, list, ratio, wholeNumber } from './options';
import { type PictureKind, type PlotOptions, pictureKinds, pictureOf } from './plotSources';
import { type Session, action } from './session';

interface Options extends PlotOptions {
  readonly out: string;
}

const descriptions: Readonly<Record<PictureKind, string>> = {
  pareto:
    'time × energy: one mark for each batch size and power limit, the Pareto frontier, what costs the same under η',
  regret: 'cumulative regret of policies, with bands',
  carbon: 'the grid’s signal and what was expected of it, η and power limit with the orders that held them, runs',
  power: 'speed, power and cost of an epoch against the power limit',
};
const sources: Readonly<Record<PictureKind, readonly Source[]>> = {
  pareto: ['job', 'history', 'trace'],
  regret: ['in', 'trace'],
  carbon: ['job', 'history', 'trace'],
  power: ['job', 'history', 'trace'],
};
type Source = 'job' | 'history' | 'trace' | 'in';

export function addPlot(program: Command): void {
  const plot = program.command('plot').description('pictures, as a file of SVG, PNG or HTML: `--help` after each');
  for (const kind of pictureKinds) addPicture(plot, kind);
}

function addPicture(plot: Command, kind: PictureKind): void {
  const command = plot.command(kind).description(descriptions[kind]);
  command.requiredOption('--out <file>', 'ending in .svg, .html or .png; replaced if it is there', outFile);
  const has = (source: Source) => sources[kind].includes(source);
  if (has('job')) command.option('--job <job>', 'of a job on the server');
  if (has('history'))
    command.option('--history <files...>', 'of what `job export` wrote, or of histories of its bandit as JSON');
  if (has('in')) command.option('--in <file>', 'of what `simulate -o json` printed, best with many --recurrences');
  if (kind === 'carbon') {
    command.option('--trace <zone/curve>', 'of runs on a recording, as CISO/a40-resnet50-b128');
    command.option('--from <instant>', 'with --trace: when the first run begins', instant, '2021-07-01T00:00:00.000Z');
  } else command.option('--trace <zeus/gpu/job>', 'of a recording, as zeus/v100/cifar100');
  if (kind === 'regret') {
    command.option('--policy <names>', 'with --trace: who plays', list, ['wattbandit', 'zeus']);
    command.option('--seeds <n>', 'with --trace: repetitions', wholeNumber, 20);
    command.option('--recurrences <n>', 'with --trace: how many each plays', wholeNumber, 100);
  }
  command.option('--eta <ratio>', '0: only time matters, 1: only energy (default: of the job, else 0.5)', ratio);
  if (has('job')) command.option('--gpu <model>', 'of a job that ran on several (default: where it ran last)');
  if (kind === 'power') command.option('--batch-size <n>', 'the one that the picture is about', wholeNumber);
  command.action(action((session, options: Options, self: Command) => run(session, kind, options, self)));
}

function outFile(file: string): string {
  if (['.svg', '.html', '.png'].includes(extname(file))) return file;
  throw new InvalidArgumentError('It must end in .svg, .html or .png.');
}

async function run(session: Session, kind: PictureKind, { out, ...options }: Options, command: Command): Promise<void> {
  const given = sources[kind].filter((source) => options[source] !== undefined);
  if (given.length !== 1)
    command.error(`error: give one of ${sources[kind].map((source) => `--${source}`).join(', ')}`);
  const picture = await pictureOf(session, kind, options);
  await writeFile(out, await fileOf(picture, extname(out))).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WattbanditError('invalid', `Cannot write the picture to ${out}: ${reason}.`, { cause });
  });
  session.output.talk(`${picture.description}\ndrawn  ${out}`);
}

/** Loaded when they are needed: they are large. */
async function fileOf(picture: Picture, extension: string): Promise<string | Buffer> {
  const { svgFileOf } = await import('../plot/picture.js');
  if (extension === '.html') return (await import('../plot/html.js')).htmlOf(picture);
  return extension === '.svg' ? svgFileOf(picture) : (await import('../plot/png.js')).pngOf(svgFileOf(picture));
}
