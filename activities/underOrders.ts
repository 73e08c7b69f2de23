/** The operator's word over the policy's: what it asks a policy, and what becomes of the answer. Pure. */
import { type RunOrders, type Standing, jobUnder, limitUnder, objectiveUnder, runOrdersOf } from '../policy/override';
import type { Ask, Decision } from '../policy/policy';

/** What the latest run was given. */
export interface LastChoice {
  readonly batchSize: number;
  readonly powerLimitWatts: number;
}

export function askUnder(ask: Ask, standing: Standing, last: LastChoice | undefined): Ask {
  const objective = objectiveUnder(ask.objective, standing);
  // Where the batch size is not ours to choose, a failed run is no reason to choose another.
  if (!standing.tuning || standing.trust !== 'full')
    return { ...ask, objective, attempt: 1, exploration: false, pinnedBatchSize: ask.job.defaultBatchSize };
  const { pinnedBatchSize = ask.pinnedBatchSize } = standing;
  const pinned = standing.frozen ? last?.batchSize : pinnedBatchSize;
  return {
    ...ask,
    objective,
    job: jobUnder(ask.job, standing),
    exploration: ask.exploration && standing.exploration,
    ...(pinned === undefined ? {} : { pinnedBatchSize: pinned }),
  };
}

export function decisionUnder(
  decision: Decision,
  { gpus }: Ask,
  standing: Standing,
  last: LastChoice | undefined,
): Decision {
  const orders = runOrdersOf(standing);
  const frozen = standing.frozen && last?.batchSize === decision.batchSize ? last.powerLimitWatts : undefined;
  const powerLimitWatts = limitFor(decision, orders, frozen, gpus.powerLimitsWatts);
  return { ...decision, powerLimitWatts, probes: standing.exploration ? decision.probes : null };
}

/** Null, to be measured while it trains, unless the order leaves nothing to measure. */
function limitFor(
  { powerLimitWatts }: Decision,
  orders: RunOrders,
  frozenWatts: number | undefined,
  powerLimitsWatts: readonly number[],
): number | null {
  const chosen = frozenWatts ?? powerLimitWatts;
  const isFixed = !orders.tuning || orders.powerLimitWatts !== undefined;
  if (chosen === null && !isFixed) {
    // Measured below the bound only.
    return orders.maxPowerWatts === undefined ? null : limitUnder(orders, Infinity, powerLimitsWatts);
  }
  return limitUnder(orders, chosen ?? Math.max(...powerLimitsWatts), powerLimitsWatts);
}
