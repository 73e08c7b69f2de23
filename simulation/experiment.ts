/** One contender plays one series of recurrences, several at once if the scenario says so. */
import type { Objective, Observation } from '../policy/facts';
import type { Ask, Decision } from '../policy/policy';
import { createRandom, seedFor } from '../policy/random';
import type { Contender } from './contenders';
import { oracle, untouchedDefault } from './references';
import { costOf, run } from './run';
import type { Circumstances, Course, Scenario } from './scenario';
import type { World } from './world';

/** What became of one recurrence: sums over its runs, and what it is held against. */
export interface Recurrence {
  readonly costJoules: number;
  readonly joules: number;
  readonly seconds: number;
  readonly failedRuns: number;
  readonly converged: boolean;
  readonly oracleCostJoules: number;
  readonly defaultJoules: number;
  readonly defaultSeconds: number;
}

export interface Series {
  readonly contender: Contender;
  readonly course: Course;
  readonly concurrency: number;
  readonly recurrences: number;
  readonly objective: Objective;
  /** Everything random in the series follows from it. */
  readonly seed: string;
  readonly onRun?: (decision: Decision, observation: Observation) => void;
}

/** Like Zeus: a recurrence is given up after so many runs. */
const mostRuns = 20;

interface OpenRun {
  readonly recurrence: number;
  readonly attempt: number;
  readonly decision: Decision;
  readonly observation: Observation;
  readonly endsAtSeconds: number;
}

export function play(series: Series): readonly Recurrence[] {
  const { contender, course, seed } = series;
  const drawsOfWorld = createRandom(seedFor(`${seed}/world`));
  const drawsOfPolicy = createRandom(seedFor(`${seed}/policy`));
  const player = contender.begin(course.worldAt(0));
  const asked: Circumstances[] = [];
  const played: Recurrence[] = [];
  let open: readonly OpenRun[] = [];

  function begin(recurrence: number, attempt: number, atSeconds: number): void {
    const world = course.worldAt(recurrence);
    const circumstances = asked[recurrence] ?? course.circumstances();
    asked[recurrence] = circumstances;
    const objective = { ...series.objective, eta: circumstances.eta ?? series.objective.eta };
    played[recurrence] ??= unplayed(world, objective.eta);
    const ask = askFor(world, objective, recurrence, attempt, open, circumstances);
    const decision = player.decide(ask, drawsOfPolicy, world);
    const lostAfter = course.lostAfter(drawsOfWorld);
    const { charging } = contender;
    const observation = run({ world, decision, slot: ask.slot, attempt, charging, lostAfter }, drawsOfWorld);
    open = [...open, { recurrence, attempt, decision, observation, endsAtSeconds: atSeconds + observation.seconds }];
  }

  let begun = 0;
  while (begun < Math.min(series.concurrency, series.recurrences)) begin(begun++, 1, 0);
  for (let first = earliest(open); first !== undefined; first = earliest(open)) {
    const { recurrence, attempt, observation, endsAtSeconds } = first;
    open = open.filter((other) => other !== first);
    player.observe(observation);
    series.onRun?.(first.decision, observation);
    played[recurrence] = added(
      played[recurrence],
      observation,
      course.worldAt(recurrence),
      first.decision.objective.eta,
    );
    if (observation.outcome !== 'converged' && attempt < mostRuns) begin(recurrence, attempt + 1, endsAtSeconds);
    else if (begun < series.recurrences) begin(begun++, 1, endsAtSeconds);
  }
  return played;
}

/** One series for each seed, all in the scenario's world. */
export function playSeeds(
  contender: Contender,
  world: World,
  scenario: Scenario,
  options: { readonly seeds: number; readonly recurrences: number; readonly objective: Objective },
): readonly (readonly Recurrence[])[] {
  const begin = scenario.prepare(world, options.recurrences);
  return Array.from({ length: options.seeds }, (_, index) => {
    const seed = `${world.gpus.model}/${world.job.id}/${scenario.name}/${index}`;
    const course = begin(createRandom(seedFor(`${seed}/course`)));
    const { objective, recurrences } = options;
    return play({ contender, course, concurrency: scenario.concurrency, recurrences, objective, seed });
  });
}

function askFor(
  world: World,
  objective: Objective,
  recurrence: number,
  attempt: number,
  open: readonly OpenRun[],
  { pinnedBatchSize }: Circumstances,
): Ask {
  return {
    id: `${recurrence}/${attempt}`,
    job: world.job,
    gpus: world.gpus,
    objective,
    slot: String(recurrence),
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

function unplayed(world: World, eta: number): Recurrence {
  const reference = referenceOf(world, eta);
  return { costJoules: 0, joules: 0, seconds: 0, failedRuns: 0, converged: false, ...reference };
}

function added(before: Recurrence | undefined, observation: Observation, world: World, eta: number): Recurrence {
  const sum = before ?? unplayed(world, eta);
  const converged = observation.outcome === 'converged';
  return {
    ...sum,
    costJoules: sum.costJoules + costOf(observation, world, eta),
    joules: sum.joules + observation.joules,
    seconds: sum.seconds + observation.seconds,
    failedRuns: sum.failedRuns + (converged ? 0 : 1),
    converged,
  };
}

type Reference = Pick<Recurrence, 'oracleCostJoules' | 'defaultJoules' | 'defaultSeconds'>;
const references = new WeakMap<World, { readonly eta: number; readonly reference: Reference }>();

/** The latest η of a world is kept: most series have only one. */
function referenceOf(world: World, eta: number): Reference {
  const known = references.get(world);
  if (known?.eta === eta) return known.reference;
  const { joules: defaultJoules, seconds: defaultSeconds } = untouchedDefault(world, eta);
  const reference = { oracleCostJoules: oracle(world, eta).costJoules, defaultJoules, defaultSeconds };
  references.set(world, { eta, reference });
  return reference;
}
