/** What Zeus's policy thought of each batch size, for a person. */
import type { Arm, ZeusBelief } from './batchSizeZeusReplay';
import type { Candidate } from './policy';

/** `drawn`: the reward that Thompson sampling drew for this size in this decision. */
export function explain(
  batchSize: number,
  belief: ZeusBelief,
  drawn: number | undefined,
  taken: boolean,
): Omit<Candidate, 'powerLimitWatts'> {
  const arm = belief.arms.find((one) => one.batchSize === batchSize && one.results > 0);
  const standing = arm === undefined ? standingOf(batchSize, belief) : describe(arm, drawn);
  return {
    batchSize,
    predictedEpochs: null,
    predictedCostJoules: arm === undefined ? null : -arm.mean,
    predictedSeconds: null,
    // The mean's standard error relative to it; 0 where the precision is unbounded.
    sd: arm === undefined ? null : Math.sqrt(1 / arm.precision) / -arm.mean,
    gainJoules: null,
    priceJoules: null,
    verdict: `${taken ? 'taken' : 'not taken'}; ${standing}`,
  };
}

export function inJoules(value: number): string {
  return `${value.toPrecision(6)} J`;
}

function standingOf(batchSize: number, { stage }: ZeusBelief): string {
  if (stage.kind === 'arms') return stage.batchSizes.includes(batchSize) ? 'no results yet' : 'pruned';
  return stage.awaited === batchSize ? `next in pruning round ${stage.round}` : `pruning round ${stage.round}`;
}

function describe(arm: Arm, drawn: number | undefined): string {
  const precision = Number.isFinite(arm.precision) ? `${arm.precision.toPrecision(4)}/J²` : 'unbounded';
  const draw = drawn === undefined ? '' : `, drew ${inJoules(drawn)}`;
  return `reward mean ${inJoules(arm.mean)}, precision ${precision}, ${arm.results} results${draw}`;
}
