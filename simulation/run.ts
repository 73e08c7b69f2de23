/** One run of a decision in a world: what is observed of it, and what it costs. */
import { maxPowerWatts, zeusCostJoules } from '../policy/cost';
import type { Observation, Outcome } from '../policy/facts';
import type { Decision } from '../policy/policy';
import type { Random } from '../policy/random';
import type { Charging, Paid } from './charging';
import type { World } from './world';

export interface RunRequest {
  readonly world: World;
  readonly decision: Decision;
  readonly slot: string;
  readonly attempt: number;
  readonly charging: Charging;
  /** The run is lost to its infrastructure after this share of its epochs; null: it is not. */
  readonly lostAfter: number | null;
}

export function run(request: RunRequest, random: Random): Observation {
  const { charging, decision, lostAfter, world } = request;
  const whole = charging(world, decision, world.drawEpochs(decision.batchSize, random));
  const paid = lostAfter === null ? whole : upTo(whole, lostAfter);
  return {
    id: decision.id,
    slot: request.slot,
    attempt: request.attempt,
    gpuModel: world.gpus.model,
    batchSize: decision.batchSize,
    powerLimitWatts: paid.powerLimitWatts,
    outcome: lostAfter === null ? outcomeOf(paid, world) : 'infrastructure',
    epochs: paid.epochs,
    reachedEpochLimit: paid.epochs >= world.job.maxEpochs,
    seconds: paid.seconds,
    joules: paid.joules,
    measurements: paid.measurements,
  };
}

export function costOf(observation: Observation, world: World, eta: number): number {
  return zeusCostJoules(observation.joules, observation.seconds, eta, maxPowerWatts(world.gpus));
}

function outcomeOf({ epochs, reached }: Paid, { job }: World): Outcome {
  if (reached) return 'converged';
  return epochs >= job.maxEpochs ? 'diverged' : 'tooDear';
}

/** What was measured is measured: it happens early in a run. */
function upTo(paid: Paid, share: number): Paid {
  return {
    ...paid,
    reached: false,
    epochs: Math.floor(paid.epochs * share),
    seconds: paid.seconds * share,
    joules: paid.joules * share,
  };
}
