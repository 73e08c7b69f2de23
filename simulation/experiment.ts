/** One contender plays one series of recurrences, several at once if the scenario says so. */
import type { Objective, Observation } from '../policy/facts';
import type { Ask, Decision } from '../policy/policy';
import { createRandom, seedFor } from '../policy/random';
import type { Contender } from './contenders';
import { oracle, untouchedDefault } from './references';
import { costOf, run } from './run';
import type { Course, Scenario } from './scenario';
import { total } from './statistics';
import type { World } from './world';

/** What became of one recurrence: sums over its runs, and what it is held against. */
export interface Recurrence {
  readonly costJoules: number;
  readonly joules: number;
  readonly seconds: number;
  readonly failedRuns: number;
  readonly converged: boolean;
  readonly oracleCostJoules: number;
  readonly defaultCostJoules: number;
  readonly defaultJoules: number;
  readonly defaultSeconds: number;
}

export interface Series {
  readonly contender: Contender;
  readonly course: Course;
  readonly concurrency: number;
  readonly recurrences: number;
  readonly objective: Objective;
  /** Runs that one recurrence may take. */
  readonly attempts?: number;
  /** Everything random in the series follows from it. */
  readonly seed: string;
  readonly onRun?: (decision: Decision, observation: Observation) => void;
}

/** Like Zeus: a recurrence is given up after so many runs, unless somebody says otherwise. */
const mostRuns = 20;

/** A recurrence between its first run and its last. */
interface Underway {
  readonly index: number;
  readonly world: World;
  readonly objective: Objective;
  readonly pinnedBatchSize: number | undefined;
  readonly runs: Observation[];
}

interface OpenRun {
  readonly recurrence: Underway;
  readonly attempt: number;
  readonly decision: Decision;
  readonly observation: Observation;
  readonly endsAtSeconds: number;
}

export function play(series: Series): readonly Recurrence[] {
  const { contender, course, seed, attempts = mostRuns } = series;
  const drawsOfWorld = createRandom(seedFor(`${seed}/world`));
  const drawsOfPolicy = createRandom(seedFor(`${seed}/policy`));
  const player = contender.begin(course.worldAt(0));
  const played: Recurrence[] = [];
  let open: readonly OpenRun[] = [];
  let begun = 0;

  const launch = (recurrence: Underway, attempt: number, atSeconds: number): void => {
    const { world } = recurrence;
    const ask = askFor(recurrence, attempt, open);
    const decision = player.decide(ask, drawsOfPolicy, world);
    const lostAfter = course.lostAfter(drawsOfWorld);
    const { charging } = contender;
    const observation = run({ world, decision, slot: ask.slot, attempt, charging, lostAfter }, drawsOfWorld);
    open = [...open, { recurrence, attempt, decision, observation, endsAtSeconds: atSeconds + observation.seconds }];
  };
  const beginNext = (atSeconds: number): void => {
    if (begun < series.recurrences) launch(underway(series, begun++), 1, atSeconds);
  };

  for (let started = 0; started < series.concurrency; started++) beginNext(0);
  for (let first = earliest(open); first !== undefined; first = earliest(open)) {
    const { recurrence, attempt, decision, observation, endsAtSeconds } = first;
    open = open.filter((other) => other !== first);
    player.observe(observation);
    series.onRun?.(decision, observation);
    recurrence.runs.push(observation);
    if (observation.outcome !== 'converged' && attempt < attempts) {
      launch(recurrence, attempt + 1, endsAtSeconds);
    } else {
      played[recurrence.index] = sumOf(recurrence, course.expectedLoss);
      beginNext(endsAtSeconds);
    }
  }
  return played;
}

export interface SeedsOptions {
  readonly seeds: number;
  readonly recurrences: number;
  readonly objective: Objective;
}

/** One series for each seed, all in the scenario's world; each is played when it is asked for. */
export function* seriesOf(
  contender: Contender,
  world: World,
  scenario: Scenario,
  { seeds, recurrences, objective }: SeedsOptions,
): Generator<readonly Recurrence[]> {
  const begin = scenario.prepare(world, recurrences);
  for (let index = 0; index < seeds; index++) {
    const seed = `${world.gpus.model}/${world.job.id}/${scenario.name}/${index}`;
    const course = begin(createRandom(seedFor(`${seed}/course`)));
    yield play({ contender, course, concurrency: scenario.concurrency, recurrences, objective, seed });
  }
}

export function playSeeds(
  contender: Contender,
  world: World,
  scenario: Scenario,
  options: SeedsOptions,
): readonly (readonly Recurrence[])[] {
  return [...seriesOf(contender, world, scenario, options)];
}

function underway({ course, objective }: Series, index: number): Underway {
  const { eta = objective.eta, pinnedBatchSize } = course.circumstances();
  return { index, world: course.worldAt(index), objective: { ...objective, eta }, pinnedBatchSize, runs: [] };
}

function askFor(
  { index, objective, pinnedBatchSize, world }: Underway,
  attempt: number,
  open: readonly OpenRun[],
): Ask {
  return {
    id: `${index}/${attempt}`,
    job: world.job,
    gpus: world.gpus,
    objective,
    slot: String(index),
    attempt,
    inFlight: open.map((other) => other.observation.batchSize),
    exploration: true,
    ...(pinnedBatchSize !== undefined && { pinnedBatchSize }),
  };
}

function earliest(open: readonly OpenRun[]): OpenRun | undefined {
  const [first, ...rest] = open;
  return rest.reduce((soonest, one) => (soonest && one.endsAtSeconds < soonest.endsAtSeconds ? one : soonest), first);
}

function sumOf({ objective, pinnedBatchSize, runs, world }: Underway, expectedLoss: number): Recurrence {
  const untouched = untouchedDefault(world, objective.eta);
  return {
    costJoules: total(runs, (one) => costOf(one, world, objective.eta)),
    joules: total(runs, (one) => one.joules),
    seconds: total(runs, (one) => one.seconds),
    failedRuns: runs.filter((one) => one.outcome !== 'converged').length,
    converged: runs.at(-1)?.outcome === 'converged',
    oracleCostJoules: oracle(world, objective.eta, pinnedBatchSize).costJoules * (1 + expectedLoss),
    defaultCostJoules: untouched.costJoules,
    defaultJoules: untouched.joules,
    defaultSeconds: untouched.seconds,
  };
}
