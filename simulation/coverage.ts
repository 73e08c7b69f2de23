/**
 * How often the bands of counterfactuals hold what truly comes of a policy, where it is known: on Zeus's recordings one policy writes a
 * log, and another one plays the same recorded job, with luck of its own.
 */
import { contenderNamed } from './contenders';
import { counterfactual } from './counterfactual';
import { play } from './experiment';
import type { LoggedJob } from './loggedJob';
import { plainCourse } from './scenario';
import { type Band, mean, total } from './statistics';
import type { Observation } from '../policy/facts';
import type { World } from './world';

export interface CoverageOptions {
  readonly worlds: readonly World[];
  /** Which write logs, and which are asked about. */
  readonly policies: readonly string[];
  readonly recurrences: number;
  /** Logs of each policy in each world; worlds drawn for each log. */
  readonly logs: number;
  readonly seeds: number;
  readonly eta: number;
}

export interface CoverageCase {
  readonly gpu: string;
  readonly job: string;
  readonly logged: string;
  readonly policy: string;
  readonly joules: Held;
  readonly seconds: Held;
  readonly costJoules: Held;
}

export interface Held extends Band {
  readonly truth: number;
  readonly held: boolean;
}

export function coverageCases(options: CoverageOptions): readonly CoverageCase[] {
  const { worlds, policies, logs, seeds } = options;
  return worlds.flatMap((world) =>
    policies.flatMap((logged) =>
      Array.from({ length: logs }, (_, at) => at).flatMap((at) => {
        const log = logOf(world, logged, `log ${at}`, options);
        const others = policies.filter((policy) => policy !== logged);
        const { results } = counterfactual({ log, contenders: others.map(contenderNamed), seeds });
        return results.map((result): CoverageCase => {
          const truth = playIn(world, result.policy, `truth ${at} ${logged}`, options);
          const held = (of: 'joules' | 'seconds' | 'costJoules') =>
            hold(
              result[of],
              total(truth, (one) => one[of]),
            );
          const whose = { gpu: world.gpus.model, job: world.job.id, logged, policy: result.policy };
          return { ...whose, joules: held('joules'), seconds: held('seconds'), costJoules: held('costJoules') };
        });
      }),
    ),
  );
}

/** Share of figures within their bands. */
export function coverageOf(cases: readonly CoverageCase[]): number {
  return mean(
    cases.flatMap(({ joules, seconds, costJoules }) => [joules, seconds, costJoules].map(({ held }) => Number(held))),
  );
}

function hold(band: Band, truth: number): Held {
  return { ...band, truth, held: band.low <= truth && truth <= band.high };
}

function playIn(
  world: World,
  policy: string,
  seed: string,
  { recurrences, eta }: CoverageOptions,
  onRun: (observation: Observation) => void = () => {},
) {
  return play({
    ...{ contender: contenderNamed(policy), course: plainCourse(world), concurrency: 1, recurrences },
    ...{ objective: { eta }, attempts, seed: `${world.gpus.model}/${world.job.id}/${policy}/${seed}` },
    onRun: (_, observation) => onRun(observation),
  });
}

/** As in a job file that says nothing of it. */
const attempts = 3;

function logOf(world: World, policy: string, seed: string, options: CoverageOptions): LoggedJob {
  const runs: Observation[] = [];
  playIn(world, policy, seed, options, (observation) => runs.push(observation));
  const { job, gpus } = world;
  const logged = [...new Set(runs.map(({ slot }) => slot))].map((slot) => ({
    ...{ slot, eta: options.eta, runs: runs.filter((run) => run.slot === slot), gramsPerKwh: null },
  }));
  return { job, gpus, bounds: {}, attempts, recurrences: logged, elsewhere: [], leftOut: [] };
}
