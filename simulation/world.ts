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
  /** Expected epochs paid until a run reaches the target, failed runs at `maxEpochs` each; Infinity: never. */
  expectedEpochs(batchSize: number): number;
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

/** Expected epochs paid per run over the chance that a run reaches the target; `outcomes` are equally likely. */
export function expectedEpochsOf(outcomes: readonly (number | null)[], maxEpochs: number): number {
  const reached = outcomes.filter((epochs) => epochs !== null && epochs <= maxEpochs).length;
  const paid = outcomes.reduce<number>((sum, epochs) => sum + Math.min(epochs ?? maxEpochs, maxEpochs), 0);
  return reached === 0 ? Infinity : paid / reached;
}
