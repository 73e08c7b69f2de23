/** `wattbandit simulate`, also `simulate jobs`: policies against each other on recorded or synthetic jobs, without a server. */
import { type Command, Option } from 'commander';
import { contenderNames } from '../../simulation/contenders';
import type { Result, Summary } from '../../simulation/report';
import { type SimulationOptions, simulate } from '../../simulation/simulate';
import type { PerJob } from '../../simulation/traceJobs';
import { packagedTraces } from '../packaged';
import { change } from './numbers';
import { list, perJob, positiveNumber, ratio, seconds, wholeNumber } from './options';
import { Progress } from './progress';
import { addSimulateCarbon } from './simulateCarbon';
import { type Session, action } from './session';
import { type Column, type Style, table } from './text';

interface SimulateOptions {
  readonly traces: string;
  readonly gpu?: readonly string[];
  readonly job?: readonly string[];
  readonly policy: readonly string[];
  readonly seeds: number;
  readonly recurrences: readonly number[];
  readonly eta: number;
  readonly maxSlowdown?: number;
  readonly deadline?: number;
  readonly target?: PerJob;
  readonly defaultBatchSize?: PerJob;
  readonly maxEpochs?: PerJob;
  readonly scenario?: string;
  readonly synthetic?: number;
}

export function addSimulate(program: Command): void {
  const simulations = program.command('simulate').description('play policies without a server: `--help` after each');
  simulations
    .command('jobs', { isDefault: true })
    .description('policies against each other on recorded or synthetic jobs')
    .option('--traces <directory>', 'recordings (CSV)', packagedTraces)
    .option('--gpu <models>', 'as v100,a40 (default: all there are)', list)
    .option('--job <names>', 'as cifar100,squad (default: all there are)', list)
    .option('--policy <names>', contenderNames.join(', '), list, ['wattbandit', 'zeus'])
    .option('--seeds <n>', 'repetitions, each with its own luck', wholeNumber, 10)
    .option('--recurrences <lengths>', 'after how many recurrences to report', lengths, [20, 100])
    .option('--eta <ratio>', '0: only time matters, 1: only energy', ratio, 0.5)
    .option('--max-slowdown <factor>', 'over the default batch size at maximum power, at least 1', positiveNumber)
    .option('--deadline <duration>', 'of a run, as 90s or 2h', seconds)
    .option('--target <metric>', 'validation metric to reach; or job=metric, repeatable', perJob)
    .option('--default-batch-size <size>', 'or job=size, repeatable', perJob)
    .option('--max-epochs <n>', 'or job=n, repeatable', perJob)
    .option('--scenario <name>', 'what changes or breaks meanwhile')
    .addOption(
      new Option('--synthetic <n>', 'so many made-up jobs instead of the recorded ones')
        .argParser(wholeNumber)
        .conflicts(['traces', 'gpu', 'job', 'target', 'defaultBatchSize', 'maxEpochs']),
    )
    .action(action((session, options: SimulateOptions) => run(session, options)));
  addSimulateCarbon(simulations);
}

function run({ output }: Session, options: SimulateOptions): void {
  const progress = new Progress(output);
  const report = simulate({
    ...simulationOptions(options),
    onProgress: ({ done, total, name }) => progress.say(`simulating ${name} (${done} of ${total} jobs done)`),
  });
  progress.clear();
  if (output.format === 'text') output.one({}, (style) => reportText(report, style));
  else output.document(report);
}

function simulationOptions(options: SimulateOptions): SimulationOptions {
  const { traces, gpu, job, policy, maxSlowdown, deadline, ...same } = options;
  return {
    ...same,
    tracesDirectory: traces,
    gpus: gpu,
    jobs: job,
    policies: policy,
    objective: { maxSlowdown, deadlineSeconds: deadline },
  };
}

function lengths(text: string): readonly number[] {
  return list(text).map(wholeNumber);
}

const resultColumns: readonly Column<Result>[] = [
  { title: 'GPU', cell: ({ gpu }) => gpu },
  { title: 'Job', cell: ({ job }) => job },
  { title: 'Policy', cell: ({ policy }) => policy },
  { title: 'Recurrences', align: 'right', cell: ({ recurrences }) => String(recurrences) },
  { title: 'Regret', align: 'right', cell: ({ regret }) => `${regret.mean.toFixed(2)} ± ${regret.ci95.toFixed(2)}` },
  { title: 'Cost/oracle', align: 'right', cell: ({ costOverOracle }) => costOverOracle.toFixed(3) },
  { title: 'Last 20', align: 'right', cell: ({ tailCostOverOracle }) => tailCostOverOracle.toFixed(3) },
  { title: 'Energy', align: 'right', cell: ({ energyVsDefault }) => change(energyVsDefault) },
  { title: 'Time', align: 'right', cell: ({ timeVsDefault }) => change(timeVsDefault) },
  { title: 'Failed runs', align: 'right', cell: ({ failedRuns }) => failedRuns.toFixed(1) },
];

const summaryColumns: readonly Column<Summary>[] = [
  { title: 'Policy', cell: ({ policy }) => policy },
  { title: 'Recurrences', align: 'right', cell: ({ recurrences }) => String(recurrences) },
  { title: 'Jobs', align: 'right', cell: ({ jobs }) => String(jobs) },
  { title: 'Regret', align: 'right', cell: ({ regret }) => regret.toFixed(2) },
  { title: 'Of Zeus', align: 'right', cell: ({ ratioToZeus }) => ratioToZeus?.toFixed(2) ?? '–' },
  { title: 'Worst', align: 'right', cell: ({ worstRatioToZeus }) => worstRatioToZeus?.toFixed(2) ?? '–' },
  { title: 'Last 20', align: 'right', cell: ({ tailCostOverOracle }) => tailCostOverOracle.toFixed(3) },
  { title: 'Worst', align: 'right', cell: ({ worstTailCostOverOracle }) => worstTailCostOverOracle.toFixed(3) },
  { title: 'Failed runs', align: 'right', cell: ({ failedRuns }) => failedRuns.toFixed(1) },
];

function reportText(
  { results, summary }: { readonly results: readonly Result[]; readonly summary: readonly Summary[] },
  style: Style,
): string {
  return [
    table(resultColumns, results),
    '',
    style.bold('Over all jobs'),
    table(summaryColumns, summary),
    '',
    style.dim(
      'Regret: recurrences’ worth of the oracle’s cost that were wasted. Energy and time: against the default batch size at maximum power.',
    ),
  ].join('\n');
}
