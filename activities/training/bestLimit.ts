/** The limit that a run should hold once its limits are known. No I/O. */
import { maxPowerWatts } from '../../policy/cost';
import type { PowerMeasurement } from '../../policy/facts';
import { type RunOrders, limitUnder } from '../../policy/override';
import { choosePowerLimit } from '../../policy/powerLimit';
import type { RunPlan } from './ending';

/** By what was measured, and by the operator's word; watts. */
export function bestLimit(
  measured: readonly PowerMeasurement[],
  orders: RunOrders,
  { decision, gpus }: RunPlan,
): number {
  const choose = choosePowerLimit(orders.eta ?? decision.objective.eta, maxPowerWatts(gpus), decision.pace);
  // Nothing can be measured where something else caps the GPUs below every limit.
  const unmeasured = decision.powerLimitWatts ?? Math.max(...gpus.powerLimitsWatts);
  const chosen = measured.length === 0 ? unmeasured : choose(measured).powerLimitWatts;
  return limitUnder(orders, chosen, gpus.powerLimitsWatts);
}
