/**
 * Grid search, the baseline of Zeus's paper: every batch size at every power limit once, one a recurrence, the default size first;
 * a size that failed is dropped. Afterwards always the cheapest that was seen. The paper does not tell the order; this is from low
 * sizes to high ones and from high limits to low ones.
 */
import { maxPowerWatts } from '../policy/cost';
import type { Observation } from '../policy/facts';
import type { Ask, Decision } from '../policy/policy';
import type { Contender, Player } from './contenders';
import { costOf } from './run';
import type { World } from './world';
import { zeusCharging } from './zeusCharging';

interface Choice {
  readonly batchSize: number;
  readonly powerLimitWatts: number;
}

/** `beta`: a run is stopped before it costs so many times the cheapest one, as Zeus stops it; Infinity: never. */
export function createGridSearch(name: string, beta: number): Contender {
  return { name, charging: zeusCharging, begin: (world) => searcher(name, beta, world) };
}

function searcher(name: string, beta: number, first: World): Player {
  let ahead = choicesOf(first);
  let converged: readonly Observation[] = [];
  return {
    decide: (ask, _, world) => {
      const { eta } = ask.objective;
      const best = cheapest(converged, (one) => costOf(one, world, eta));
      const [next, ...rest] = ahead;
      ahead = rest;
      const ceiling = best === undefined ? Infinity : beta * costOf(best, world, eta);
      return decisionOf(
        { name, ask, mode: next === undefined ? 'exploit' : 'explore' },
        next ?? best ?? untouched(world),
        ceiling,
      );
    },
    observe: (observation) => {
      if (observation.outcome === 'converged') converged = [...converged, observation];
      else ahead = ahead.filter(({ batchSize }) => batchSize !== observation.batchSize);
    },
  };
}

function choicesOf(world: World): readonly Choice[] {
  const { batchSizes, defaultBatchSize } = world.job;
  const others = batchSizes.filter((batchSize) => batchSize !== defaultBatchSize);
  return [defaultBatchSize, ...others].flatMap((batchSize) =>
    world
      .powerLimitsFor(batchSize)
      .toReversed()
      .map((powerLimitWatts) => ({ batchSize, powerLimitWatts })),
  );
}

function cheapest(seen: readonly Observation[], cost: (one: Observation) => number): Observation | undefined {
  const [first, ...rest] = seen;
  return rest.reduce((best, one) => (best !== undefined && cost(one) < cost(best) ? one : best), first);
}

function untouched({ job, gpus }: World): Choice {
  return { batchSize: job.defaultBatchSize, powerLimitWatts: maxPowerWatts({ ...gpus, count: 1 }) };
}

function decisionOf(
  { name, ask, mode }: { readonly name: string; readonly ask: Ask; readonly mode: Decision['mode'] },
  { batchSize, powerLimitWatts }: Choice,
  ceilingJoules: number,
): Decision {
  return {
    id: ask.id,
    policy: name,
    batchSize,
    powerLimitWatts,
    pace: { kind: 'free' },
    costCeilingJoules: Number.isFinite(ceilingJoules) ? ceilingJoules : null,
    mode,
    objective: ask.objective,
    probes: null,
    reason: mode === 'explore' ? 'The next of the grid.' : 'The cheapest seen.',
    incumbent: null,
    considered: [],
  };
}
