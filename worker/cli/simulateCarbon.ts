/** `wattbandit simulate carbon`: what following the grid saves on recorded carbon intensities, without a server. */
import { type Command, InvalidArgumentError } from 'commander';
import { type CarbonContender, carbonContenders, simulateCarbon } from '../../simulation/carbon';
import {
  type CarbonMode,
  carbonModes,
  type CarbonReport,
  type CarbonResult,
  type CarbonSummary,
} from '../../simulation/carbonReport';
import { loadCurves, loadZones } from '../../simulation/tracesCarbon';
import { packagedGrids, packagedTraces } from '../packaged';
import { change, percent } from './numbers';
import { list, positiveNumber, wholeNumber } from './options';
import { Progress } from './progress';
import { type Session, action } from './session';
import { type Column, type Style, table } from './text';

interface CarbonCommandOptions {
  readonly traces: string;
  readonly power: string;
  readonly zone?: readonly string[];
  readonly curve?: readonly string[];
  readonly policy: readonly CarbonContender[];
  readonly mode: readonly CarbonMode[];
  readonly slowdown: readonly number[];
  readonly starts: number;
  readonly seed: string;
}

export function addSimulateCarbon(simulations: Command): void {
  simulations
    .command('carbon')
    .description('what following the grid saves: policies on recorded carbon intensities and power curves')
    .option('--traces <directory>', 'zones: CSV files with columns of UTC time and g/kWh', packagedGrids)
    .option('--power <directory>', 'power curves: summary_power_<gpu>.csv', packagedTraces)
    .option('--zone <names>', 'as CISO,DE (default: all there are)', list)
    .option('--curve <names>', 'as a40-resnet50-b128 (default: the four of published figures)', list)
    .option('--policy <names>', carbonContenders.join(', '), oneOf(carbonContenders), [
      'static',
      'chase',
      'wattbandit',
      'oracle',
    ])
    .option('--mode <names>', 'tuned: at equal slow-down; held: by a budget, a year ahead', oneOf(carbonModes), [
      ...carbonModes,
    ])
    .option('--slowdown <ratios>', 'mean over runs, above maximum power', ratios, [0.01, 0.025, 0.05])
    .option('--starts <n>', 'random starts in all of the data, for `tuned`', wholeNumber, 400)
    .option('--seed <text>', 'other starts', '1')
    .action(action((session, options: CarbonCommandOptions) => run(session, options)));
}

function run({ output }: Session, options: CarbonCommandOptions): void {
  const zones = loadZones(options.traces, options.zone);
  const curves = loadCurves(options.power, options.curve);
  for (const { filledHours, zone } of zones)
    if (filledHours > 0)
      output.talk(`${zone}: ${filledHours} hours are missing and were filled from those around them`);
  const progress = new Progress(output);
  const report = simulateCarbon({
    zones,
    curves,
    policies: options.policy,
    modes: options.mode,
    slowdowns: options.slowdown,
    starts: options.starts,
    seed: options.seed,
    onProgress: ({ done, total, name }) => progress.say(`simulating ${name} (${done} of ${total} done)`),
  });
  progress.clear();
  if (output.format === 'text') output.one({}, (style) => reportText(report, style));
  else output.document(report);
}

/** Names out of a closed list. */
function oneOf<Name extends string>(known: readonly Name[]): (text: string) => readonly Name[] {
  return (text) =>
    list(text).map((name) => {
      const found = known.find((one) => one === name);
      if (found !== undefined) return found;
      throw new InvalidArgumentError(`There is no ${name}; there are ${known.join(', ')}.`);
    });
}

function ratios(text: string): readonly number[] {
  return list(text).map(positiveNumber);
}

const resultColumns: readonly Column<CarbonResult>[] = [
  { title: 'Zone', cell: ({ zone }) => zone },
  { title: 'Curve', cell: ({ curve }) => curve },
  { title: 'Mode', cell: ({ mode }) => mode },
  { title: 'Target', align: 'right', cell: ({ slowdown }) => percent(slowdown) },
  { title: 'Policy', cell: ({ policy }) => policy },
  { title: 'Carbon', align: 'right', cell: ({ carbonVsMaxPower }) => fine(carbonVsMaxPower) },
  { title: 'Vs static', align: 'right', cell: ({ carbonVsStatic }) => fine(carbonVsStatic) },
  { title: 'Gap closed', align: 'right', cell: ({ gapClosed }) => share(gapClosed) },
  { title: 'Slow-down', align: 'right', cell: ({ meanSlowdown }) => fine(meanSlowdown) },
  { title: 'p95', align: 'right', cell: ({ p95Slowdown }) => change(1 + p95Slowdown) },
];

const summaryColumns: readonly Column<CarbonSummary>[] = [
  { title: 'Mode', cell: ({ mode }) => mode },
  { title: 'Target', align: 'right', cell: ({ slowdown }) => percent(slowdown) },
  { title: 'Policy', cell: ({ policy }) => policy },
  { title: 'Volatile', align: 'right', cell: (row) => String(row.volatile) },
  { title: 'Vs static', align: 'right', cell: ({ carbonVsStatic }) => fine(carbonVsStatic) },
  { title: 'Gap closed', align: 'right', cell: ({ gapClosed }) => share(gapClosed) },
  { title: 'Worst', align: 'right', cell: ({ worstGapClosed }) => share(worstGapClosed) },
  { title: 'Slow-down off by at most', align: 'right', cell: ({ worstSlowdownError }) => fine(worstSlowdownError) },
];

/** Two digits: gains of a tenth of a per cent count here. */
function fine(ratio: number | null): string {
  if (ratio === null) return '–';
  const digits = (100 * Math.abs(ratio)).toFixed(2);
  return `${Number(digits) === 0 ? '' : ratio < 0 ? '−' : '+'}${digits} %`;
}

function share(ratio: number | null): string {
  return ratio === null ? '–' : `${Math.round(100 * ratio) || 0} %`;
}

function reportText({ results, summary }: CarbonReport, style: Style): string {
  return [
    table(resultColumns, results),
    '',
    style.bold('Mean over what is volatile: where the oracle saves 0.3 % or more over a cap'),
    table(summaryColumns, summary),
    '',
    style.dim(
      'Carbon: of the GPU alone, against maximum power. Vs static, and the gap to the oracle: at the same slow-down.',
    ),
    style.dim(
      'tuned: each weight set on these runs. held: a daily run; set on the first year, measured in the second.',
    ),
  ].join('\n');
}
