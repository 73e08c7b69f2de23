/**
 * A policy of thirty lines: each batch size once, from the default outwards, and then the cheapest mean cost so far, with one look at
 * another size in every twenty recurrences.
 */
import type { ChoiceFacts, Choice, Observation, Random } from 'wattbandit/policy';

export function choose({ ask, observations }: ChoiceFacts, random: Random): Choice {
  const { job, gpus, objective, attempt } = ask;
  const maxPowerWatts = Math.max(...gpus.powerLimitsWatts) * gpus.count;
  const costJoules = ({ joules, seconds, outcome }: Observation) =>
    outcome === 'converged' ? objective.eta * joules + (1 - objective.eta) * maxPowerWatts * seconds : Infinity;
  const meanCost = (batchSize: number) => {
    const costs = observations.filter((of) => of.batchSize === batchSize).map(costJoules);
    return costs.length === 0 ? undefined : costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
  };
  const outwards = [...job.batchSizes].sort((a, b) => distance(a) - distance(b));
  const untried = outwards.find((batchSize) => meanCost(batchSize) === undefined);
  const best = outwards.reduce((one, other) =>
    (meanCost(other) ?? Infinity) < (meanCost(one) ?? Infinity) ? other : one,
  );
  if (attempt > 1) return { batchSize: best, powerLimitWatts: null };
  if (untried !== undefined) return { batchSize: untried, powerLimitWatts: null };
  const isLook = random.uniform() < 1 / 20;
  const other = outwards[Math.floor(random.uniform() * outwards.length)] ?? best;
  return { batchSize: isLook ? other : best, powerLimitWatts: null };

  function distance(batchSize: number): number {
    return Math.abs(Math.log2(batchSize / job.defaultBatchSize));
  }
}
