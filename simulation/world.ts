/** What a policy is played against: one recurring job on one GPU model, as far as a run can tell. */
import type { Gpus, Job } from '../policy/facts';
import type { Random } from '../policy/random';

/** How fast one batch size trains under one power limit, and what it draws; summed over the GPUs. */
export interface Speed {
  readonly secondsPerEpoch: number;
  readonly averageWatts: number;
}

export interface World {
  readonly job: Job;
  readonly gpus: Gpus;
  /** For counting steps; null: not known. */
  readonly samplesPerEpoch: number | null;
  /** Epochs that one run needs to reach the target; null: never. May exceed the job's `maxEpochs`. */
  drawEpochs(batchSize: number, random: Random): number | null;
  /** Settable limits between recorded ones are interpolated, limits outside take the nearest recorded one. */
  measure(batchSize: number, powerLimitWatts: number): Speed;
  /** The limits that a profile of this size consists of, ascending. */
  powerLimitsFor(batchSize: number): readonly number[];
  /** What `drawEpochs` may return, each equally likely. */
  outcomesOf(batchSize: number): readonly (number | null)[];
  /** The same job trained to the targets next to this one, where they are known. */
  neighbours?(): readonly World[];
}

/** Linear between the two neighbours; `recorded` ascends by limit and is not empty. */
export function speedAt(recorded: readonly (Speed & { readonly powerLimitWatts: number })[], watts: number): Speed {
  const above = recorded.find((at) => at.powerLimitWatts >= watts);
  const below = recorded.findLast((at) => at.powerLimitWatts <= watts);
  const nearest = above ?? below;
  if (nearest === undefined) throw new Error(`Cannot measure at ${watts} W: nothing is recorded.`);
  if (above === undefined || below === undefined || above === below) return nearest;
  const share = (watts - below.powerLimitWatts) / (above.powerLimitWatts - below.powerLimitWatts);
  return {
    secondsPerEpoch: below.secondsPerEpoch + share * (above.secondsPerEpoch - below.secondsPerEpoch),
    averageWatts: below.averageWatts + share * (above.averageWatts - below.averageWatts),
  };
}

/** One of equally likely outcomes. */
export function drawFrom(outcomes: readonly (number | null)[], random: Random): number | null {
  return outcomes[Math.floor(random.uniform() * outcomes.length)] ?? null;
}

/** The same world with other outcomes. */
export function withOutcomes(
  world: World,
  change: (outcomes: readonly (number | null)[], batchSize: number) => readonly (number | null)[],
): World {
  const changed = new Map(world.job.batchSizes.map((size) => [size, change(world.outcomesOf(size), size)]));
  const outcomesOf = (batchSize: number) => changed.get(batchSize) ?? world.outcomesOf(batchSize);
  return { ...world, outcomesOf, drawEpochs: (batchSize, random) => drawFrom(outcomesOf(batchSize), random) };
}
