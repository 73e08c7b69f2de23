/** A sweep: policies on jobs under every combination of η, β and scenario; cut into cells, each of which its numbers depend on alone. */
import { z } from 'zod';
import { contenderFor, contenderNames, type ContenderName, stoppers } from './contenders';
import { SimulationError } from './error';
import { seriesOf, type Recurrence } from './experiment';
import { figuresOf, type Result, type Summary, summarise } from './report';
import { scenarioNamed, scenarioNames } from './scenarios';
import { syntheticWorlds } from './synthetic';
import { listGpuModels, loadTraces } from './traces';
import type { World } from './world';

/** A recurrence is cheap, but a series of them is played in one go, and nobody hears of it meanwhile. */
const longestSeries = 10_000;
/** So many for each batch size and power limit: as many recurrences as Zeus's paper plays. */
const perChoice = '2BP';

const names = z.array(z.string().min(1)).min(1);
const perJob = z.record(z.string(), z.number());

export const sweepSchema = z
  .strictObject({
    version: z.literal(1),
    name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be of a-z, 0-9 and -, at most 63'),
    policies: z.array(z.enum(contenderNames)).min(1),
    /** Directory of recordings; Zeus's unless given. */
    traces: z.string().min(1).optional(),
    /** All that are recorded unless given. */
    gpus: names.optional(),
    jobs: names.optional(),
    /** So many made-up jobs instead of recorded ones. */
    synthetic: z.int().positive().max(100_000).optional(),
    target: perJob.optional(),
    defaultBatchSize: perJob.optional(),
    maxEpochs: perJob.optional(),
    eta: z.array(z.number().min(0).max(1)).min(1).default([0.5]),
    /** When runs are stopped, of policies that stop any; each policy's own unless given. */
    beta: z.array(z.number().gt(1)).min(1).optional(),
    scenarios: z.array(z.enum(scenarioNames)).min(1).default(['none']),
    seeds: z.int().positive().max(100_000).default(10),
    /** After how many recurrences the figures are taken; the longest is played. */
    recurrences: z
      .array(z.union([z.int().positive().max(longestSeries), z.literal(perChoice)]))
      .min(1)
      .max(100)
      .default([20, 100]),
  })
  .refine(({ synthetic, gpus, jobs, traces }) => synthetic === undefined || !(gpus ?? jobs ?? traces), {
    path: ['synthetic'],
    error: 'must stand alone: made-up jobs have neither traces nor GPUs nor names to choose from',
  });

export type Sweep = Readonly<z.infer<typeof sweepSchema>>;
export type SweepInput = z.input<typeof sweepSchema>;

/** One policy on one job under one combination: with the sweep's seeds and lengths, everything that its rows depend on. */
export interface Cell {
  readonly scenario: string;
  readonly eta: number;
  /** Null: the policy's own, or none. */
  readonly beta: number | null;
  readonly policy: ContenderName;
  readonly world: World;
}

/** A line of the result. */
export interface Row extends Omit<Result, 'excludedBatchSizes'> {
  readonly scenario: string;
  readonly eta: number;
  readonly beta: number | null;
}

export function worldsOf(sweep: Sweep, tracesDirectory: string): readonly World[] {
  if (sweep.synthetic !== undefined) return syntheticWorlds(sweep.synthetic);
  const { gpus = listGpuModels(tracesDirectory), jobs, target, defaultBatchSize, maxEpochs } = sweep;
  return gpus.flatMap((gpu) => loadTraces(tracesDirectory, gpu, { jobs, target, defaultBatchSize, maxEpochs }));
}

/** In the order of the result, policies of one job side by side. */
export function cellsOf(sweep: Sweep, worlds: readonly World[]): readonly Cell[] {
  return sweep.scenarios.flatMap((scenario) =>
    sweep.eta.flatMap((eta) =>
      (sweep.beta ?? [null]).flatMap((beta, first) =>
        worlds.flatMap((world) =>
          sweep.policies
            // Those that stop no runs are the same under every β.
            .filter((policy) => first === 0 || stoppers.includes(policy))
            .map((policy) => ({ scenario, eta, beta: stoppers.includes(policy) ? beta : null, policy, world })),
        ),
      ),
    ),
  );
}

/** `pause` is waited for after each series: to say so, to let others work, to stop by throwing. */
export async function playCell(sweep: Sweep, cell: Cell, pause: () => Promise<void>): Promise<readonly Row[]> {
  const { scenario, eta, beta, policy, world } = cell;
  const lengths = lengthsOf(sweep, world);
  const played: (readonly Recurrence[])[] = [];
  const options = { seeds: sweep.seeds, recurrences: Math.max(...lengths), objective: { eta } };
  for (const series of seriesOf(contenderFor(policy, beta ?? undefined), world, scenarioNamed(scenario), options)) {
    played.push(series);
    await pause();
  }
  const whose = { scenario, eta, beta, gpu: world.gpus.model, job: world.job.id, policy };
  return lengths.map((length) => ({ ...whose, ...figuresOf(played, length) }));
}

function lengthsOf({ recurrences }: Sweep, world: World): readonly number[] {
  const choices = world.job.batchSizes.reduce((sum, size) => sum + world.powerLimitsFor(size).length, 0);
  const lengths = recurrences.map((length) => (length === perChoice ? 2 * choices : length));
  const most = Math.max(...lengths);
  if (most <= longestSeries) return [...new Set(lengths)].sort((a, b) => a - b);
  throw new SimulationError(`Cannot simulate ${world.job.id}: ${most} recurrences are more than ${longestSeries}.`);
}

export interface Combination {
  readonly scenario: string;
  readonly eta: number;
  readonly beta: number | null;
}

/** Over all jobs, for each combination. */
export function summariseRows(rows: readonly Row[]): readonly (Combination & Summary)[] {
  const keyOf = ({ scenario, eta, beta }: Row) => `${scenario}|${eta}|${beta}`;
  return [...new Set(rows.map(keyOf))].flatMap((key) => {
    const own = rows.filter((row) => keyOf(row) === key);
    return own.slice(0, 1).flatMap(({ scenario, eta, beta }) =>
      summarise(own.map((row) => ({ ...row, excludedBatchSizes: [] }))).map((summary) => ({
        scenario,
        eta,
        beta,
        ...summary,
      })),
    );
  });
}
