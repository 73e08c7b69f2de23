/** `wattbandit experiment paper`: Zeus's and Chase's figures from their recordings, as a report. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { makePaper, sections } from '../experiment/paper/paper';
import { packagedGrids, packagedTraces } from '../packaged';
import { list, wholeNumber } from './options';
import { Progress } from './progress';
import { type Session, action } from './session';

interface PaperCommandOptions {
  readonly traces: string;
  readonly power?: string;
  readonly grids: string;
  readonly seeds: number;
  readonly only?: readonly string[];
  readonly out: string;
}

const sectionNames = sections.map(({ name }) => name);

export function addExperimentPaper(experiment: Command): void {
  experiment
    .command('paper')
    .description("reproduce Zeus's and Chase's figures from their recordings: a report in Markdown; minutes")
    .option('--traces <directory>', "recordings as Zeus's (CSV)", packagedTraces)
    .option('--power <directory>', 'power curves of the grid sections: summary_power_<gpu>.csv (default: the traces)')
    .option('--grids <directory>', 'recorded carbon intensities (CSV)', packagedGrids)
    .option('--seeds <n>', 'repetitions, each with its own luck', wholeNumber, 20)
    .option('--only <sections>', sectionNames.join(', '), namedSections)
    .option('--out <directory>', 'where REPORT.md and its pictures go; overwritten', 'experiments')
    .action(action(run));
}

async function run({ output }: Session, options: PaperCommandOptions): Promise<void> {
  const { traces, power = traces, grids, only, out, seeds } = options;
  const progress = new Progress(output);
  const { report, pictures } = await makePaper({
    tracesDirectory: traces,
    powerDirectory: power,
    gridsDirectory: grids,
    seeds,
    command: commandOf(options),
    only,
    onProgress: (text) => progress.say(text),
  });
  progress.clear();
  await mkdir(out, { recursive: true });
  const files = [{ file: 'REPORT.md', text: report }, ...pictures.map(({ file, svg }) => ({ file, text: svg }))];
  for (const { file, text } of files) await writeFile(join(out, file), text);
  const written = files.map(({ file }) => join(out, file));
  output.one({ written }, () => written.join('\n'));
}

/** Without directories: those of the package are where it is, and those of others nobody else has. */
function commandOf({ only, power, seeds, traces, grids }: PaperCommandOptions): string {
  const own = traces === packagedTraces && power === undefined && grids === packagedGrids;
  return [
    'wattbandit experiment paper',
    ...(own ? [] : ['--traces … --power … --grids …']),
    ...(seeds === 20 ? [] : [`--seeds ${seeds}`]),
    ...(only === undefined ? [] : [`--only ${only.join(',')}`]),
  ].join(' ');
}

function namedSections(text: string): readonly string[] {
  const names = list(text);
  const unknown = names.find((name) => !sectionNames.includes(name));
  if (unknown === undefined) return names;
  throw new InvalidArgumentError(`There is no section ${unknown}; there are ${sectionNames.join(', ')}.`);
}
