/**
 * What a job's recurrences would have cost under another policy: it plays them again in worlds that the log leaves possible. The band
 * of a figure has both, what the log leaves open and the luck of the runs.
 */
import type { Decision } from '../policy/policy';
import type { Observation } from '../policy/facts';
import { zeusCostJoules, maxPowerWatts } from '../policy/cost';
import { joulesPerKwh } from '../policy/emissions';
import { createRandom, seedFor } from '../policy/random';
import type { Contender } from './contenders';
import { SimulationError } from './error';
import { play, type Recurrence } from './experiment';
import { drawWorld, fit, type Fitted, isRecorded } from './fittedWorld';
import { type LoggedJob, runsOf } from './loggedJob';
import { oracle } from './references';
import { type Course, plainCourse } from './scenario';
import { type Band, bandOf, total } from './statistics';
import type { World } from './world';

export interface Arm {
  readonly batchSize: number;
  readonly powerLimitWatts: number;
  /** Of all runs. */
  readonly share: number;
  /** `recorded`: the log has what such a run takes and draws; `modelled`: the fitted model stands in. */
  readonly evidence: 'recorded' | 'modelled';
}

export interface CounterfactualResult {
  readonly policy: string;
  readonly joules: Band;
  readonly seconds: Band;
  readonly costJoules: Band;
  /** Of the recurrences whose grid is known; null where none is. */
  readonly grams: Band | null;
  /** Recurrences' worth of the oracle's cost that were wasted. */
  readonly regret: Band;
  readonly failedRuns: Band;
  readonly notConverged: Band;
  /** Of the energy, how much rests on recorded outcomes; 1 for what was logged. */
  readonly recordedShare: number;
  /** The most frequent first. */
  readonly arms: readonly Arm[];
}

export interface CounterfactualReport {
  readonly job: string;
  readonly recurrences: number;
  readonly seeds: number;
  /** What did happen; its regret depends on what is not known either. */
  readonly logged: CounterfactualResult;
  readonly results: readonly CounterfactualResult[];
  readonly caveats: readonly string[];
}

export interface CounterfactualOptions {
  readonly log: LoggedJob;
  readonly contenders: readonly Contender[];
  readonly seeds: number;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly name: string }) => void;
}

export function counterfactual({ log, contenders, seeds, onProgress }: CounterfactualOptions): CounterfactualReport {
  if (log.recurrences.length === 0)
    throw new SimulationError(`Cannot replay job ${log.job.id} under another policy: no recurrence of its log ended.`);
  const fitted = fit(log);
  const worlds = Array.from({ length: seeds }, (_, seed) =>
    drawWorld(fitted, createRandom(seedFor(`counterfactual/${log.job.id}/${seed}`))),
  );
  const results = contenders.map((contender, index) => {
    onProgress?.({ done: index, total: contenders.length, name: contender.name });
    return resultOf(
      fitted,
      contender.name,
      worlds.map((world, seed) => playIn(fitted, world, contender, seed)),
    );
  });
  const logged = resultOf(
    fitted,
    'as logged',
    worlds.map((world) => loggedIn(fitted, world)),
  );
  return {
    ...{
      job: log.job.id,
      recurrences: log.recurrences.length,
      seeds,
      logged: { ...logged, recordedShare: 1 },
      results,
    },
    caveats: [...estimator, ...log.leftOut],
  };
}

const estimator = [
  'Batch sizes that ran take their recorded outcomes; others, and limits that were never measured, take the fitted model (modelled).',
  'Runs follow each other: what overlapped in the log does not overlap here.',
  'Each run holds one limit, with the grid’s weight of its slot; what a run under way would have done is not replayed.',
  'A job whose outcomes drift is taken for one that does not.',
] as const;

interface Played {
  readonly recurrences: readonly Outcome[];
  readonly runs: readonly Run[];
}

type Outcome = Pick<Recurrence, 'costJoules' | 'joules' | 'seconds' | 'failedRuns' | 'converged' | 'oracleCostJoules'>;
type Run = Pick<Observation, 'batchSize' | 'powerLimitWatts' | 'joules'>;

function playIn({ log }: Fitted, world: World, contender: Contender, seed: number): Played {
  const runs: Run[] = [];
  const recurrences = play({
    contender,
    course: courseOf(log, world),
    concurrency: 1,
    recurrences: log.recurrences.length,
    objective: { ...log.bounds, eta: log.recurrences[0]?.eta ?? 0.5 },
    attempts: log.attempts,
    seed: `counterfactual/${log.job.id}/${seed}`,
    onRun: (_: Decision, observation) => runs.push(observation),
  });
  return { recurrences, runs };
}

/** Under the terms of the log, recurrence by recurrence. */
function courseOf({ recurrences }: LoggedJob, world: World): Course {
  let next = 0;
  const circumstances = () => {
    const { eta, pinnedBatchSize } = recurrences[next++] ?? {};
    return { ...(eta === undefined ? {} : { eta }), ...(pinnedBatchSize === undefined ? {} : { pinnedBatchSize }) };
  };
  return { ...plainCourse(world), circumstances };
}

function loggedIn({ log }: Fitted, world: World): Played {
  const recurrences = log.recurrences.map(({ eta, pinnedBatchSize, runs }): Outcome => {
    const [joules, seconds] = [total(runs, (run) => run.joules), total(runs, (run) => run.seconds)];
    return {
      ...{ joules, seconds, costJoules: zeusCostJoules(joules, seconds, eta, maxPowerWatts(log.gpus)) },
      failedRuns: runs.filter(({ outcome }) => outcome !== 'converged').length,
      converged: runs.some(({ outcome }) => outcome === 'converged'),
      oracleCostJoules: oracle(world, eta, pinnedBatchSize).costJoules,
    };
  });
  return { recurrences, runs: runsOf(log) };
}

function resultOf(fitted: Fitted, policy: string, played: readonly Played[]): CounterfactualResult {
  const sums = (of: (outcome: Outcome) => number) =>
    bandOf(played.map(({ recurrences }) => total(recurrences, (one) => of(one))));
  const runs = played.flatMap((one) => one.runs);
  const isSeen = (run: Run) => isRecorded(fitted, run.batchSize, run.powerLimitWatts);
  return {
    policy,
    joules: sums((one) => one.joules),
    seconds: sums((one) => one.seconds),
    costJoules: sums((one) => one.costJoules),
    grams: gramsOf(fitted.log, played),
    regret: sums((one) => one.costJoules / one.oracleCostJoules - 1),
    failedRuns: sums((one) => one.failedRuns),
    notConverged: sums((one) => Number(!one.converged)),
    recordedShare: total(runs.filter(isSeen), (run) => run.joules) / total(runs, (run) => run.joules),
    arms: armsOf(runs, isSeen),
  };
}

function gramsOf({ recurrences: logged }: LoggedJob, played: readonly Played[]): Band | null {
  if (logged.every(({ gramsPerKwh }) => gramsPerKwh === null)) return null;
  const grams = ({ recurrences }: Played) =>
    recurrences.reduce(
      (sum, { joules }, index) => sum + (joules / joulesPerKwh) * (logged[index]?.gramsPerKwh ?? 0),
      0,
    );
  return bandOf(played.map(grams));
}

function armsOf(runs: readonly Run[], isSeen: (run: Run) => boolean): readonly Arm[] {
  const arms = new Map<string, { readonly run: Run; count: number }>();
  for (const run of runs) {
    const key = `${run.batchSize} ${run.powerLimitWatts}`;
    const arm = arms.get(key) ?? { run, count: 0 };
    arm.count += 1;
    arms.set(key, arm);
  }
  return [...arms.values()]
    .toSorted((a, b) => b.count - a.count)
    .map(({ run, count }) => ({
      ...{ batchSize: run.batchSize, powerLimitWatts: run.powerLimitWatts, share: count / runs.length },
      evidence: isSeen(run) ? 'recorded' : 'modelled',
    }));
}
