/** The whole experiment as one function: policies against each other on recorded or synthetic jobs. */
import type { Objective } from '../policy/facts';
import { type Contender, contenderNamed } from './contenders';
import { SimulationError } from './error';
import { playSeeds } from './experiment';
import { figuresOf, type Report, type Result, summarise } from './report';
import { scenarioNamed } from './scenarios';
import { syntheticWorlds } from './synthetic';
import type { JobOverrides } from './traceJobs';
import { listGpuModels, loadTraces } from './traces';
import type { World } from './world';

export interface SimulationOptions extends JobOverrides {
  /** Where `summary_train.csv` and the power files are; not needed for synthetic jobs. */
  readonly tracesDirectory?: string;
  /** All in the directory if left out. */
  readonly gpus?: readonly string[];
  readonly jobs?: readonly string[];
  /** Names (zeus, wattbandit, oracle, default) or your own. */
  readonly policies: readonly (string | Contender)[];
  readonly seeds: number;
  /** Lengths at which the figures are taken; the longest is played. */
  readonly recurrences: readonly number[];
  readonly eta: number;
  /** Bounds besides η. */
  readonly objective?: Omit<Objective, 'eta'>;
  readonly scenario?: string;
  /** So many synthetic jobs instead of the recorded ones. */
  readonly synthetic?: number;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly name: string }) => void;
}

interface Playground {
  readonly world: World;
  readonly excludedBatchSizes: readonly number[];
}

export function simulate(options: SimulationOptions): Report {
  check(options);
  const contenders = options.policies.map((policy) => (typeof policy === 'string' ? contenderNamed(policy) : policy));
  const playgrounds = playgroundsOf(options);
  const results = playgrounds.flatMap((playground, index) => {
    const { gpus, job } = playground.world;
    options.onProgress?.({ done: index, total: playgrounds.length, name: `${gpus.model} ${job.id}` });
    return contenders.flatMap((contender) => resultsOf(contender, playground, options));
  });
  options.onProgress?.({ done: playgrounds.length, total: playgrounds.length, name: '' });
  return { schemaVersion: 1, results, summary: summarise(results) };
}

function resultsOf(
  contender: Contender,
  { world, excludedBatchSizes }: Playground,
  options: SimulationOptions,
): Result[] {
  const lengths = [...new Set(options.recurrences)].sort((a, b) => a - b);
  const played = playSeeds(contender, world, scenarioNamed(options.scenario ?? 'none'), {
    seeds: options.seeds,
    recurrences: Math.max(...lengths),
    objective: { ...options.objective, eta: options.eta },
  });
  const whose = { gpu: world.gpus.model, job: world.job.id, policy: contender.name };
  return lengths.map((length) => ({ ...whose, ...figuresOf(played, length), excludedBatchSizes }));
}

function playgroundsOf(options: SimulationOptions): readonly Playground[] {
  if (options.synthetic !== undefined) {
    return syntheticWorlds(options.synthetic).map((world) => ({ world, excludedBatchSizes: [] }));
  }
  const directory = options.tracesDirectory;
  if (directory === undefined)
    throw new SimulationError('Cannot simulate: give a directory of traces, or synthetic jobs.');
  const gpus = options.gpus ?? listGpuModels(directory);
  return gpus.flatMap((gpu) =>
    loadTraces(directory, gpu, options).map((world) => ({ world, excludedBatchSizes: world.excludedBatchSizes })),
  );
}

function check({ eta, objective, policies, recurrences, seeds, synthetic }: SimulationOptions): void {
  const rules: readonly [string, number, boolean, string][] = [
    ['policies', policies.length, policies.length > 0, 'at least one'],
    ['seeds', seeds, isCount(seeds), 'a whole number above 0'],
    [
      'recurrences',
      recurrences.find((one) => !isCount(one)) ?? recurrences.length,
      recurrences.length > 0 && recurrences.every(isCount),
      'whole numbers above 0',
    ],
    ['eta', eta, eta >= 0 && eta <= 1, 'within 0 and 1'],
    ['maxSlowdown', objective?.maxSlowdown ?? 1, (objective?.maxSlowdown ?? 1) >= 1, 'at least 1'],
    ['deadlineSeconds', objective?.deadlineSeconds ?? 1, (objective?.deadlineSeconds ?? 1) > 0, 'above 0'],
    ['synthetic', synthetic ?? 1, isCount(synthetic ?? 1), 'a whole number above 0'],
  ];
  const broken = rules.find(([, , holds]) => !holds);
  if (broken !== undefined)
    throw new SimulationError(`Cannot simulate: ${broken[0]} is ${broken[1]} and must be ${broken[3]}.`);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}
