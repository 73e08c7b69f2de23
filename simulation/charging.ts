/** What a run costs in a world, profiling and probing included. Which way is a property of the environment. */
import { epochCostJoules, maxPowerWatts } from '../policy/cost';
import type { PowerMeasurement } from '../policy/facts';
import type { Decision } from '../policy/policy';
import { choosePowerLimit } from '../policy/powerLimit';
import type { World } from './world';

/** What was paid for one run, and what was measured on the way. */
export interface Paid {
  /** The limit held once profiling was over. */
  readonly powerLimitWatts: number;
  readonly epochs: number;
  readonly reached: boolean;
  readonly seconds: number;
  readonly joules: number;
  readonly measurements: readonly PowerMeasurement[];
}

/** `targetEpochs`: after so many epochs this run reaches its target; null: never. */
export type Charging = (world: World, decision: Decision, targetEpochs: number | null) => Paid;

/** Every limit of a size, from the highest down. */
export function fullProfile(world: World, batchSize: number): readonly PowerMeasurement[] {
  return world
    .powerLimitsFor(batchSize)
    .toReversed()
    .map((limit) => measurement(world, batchSize, limit, 'profile'));
}

export function measurement(
  world: World,
  batchSize: number,
  powerLimitWatts: number,
  source: PowerMeasurement['source'],
): PowerMeasurement {
  const { averageWatts, secondsPerEpoch } = world.measure(batchSize, powerLimitWatts);
  return { batchSize, powerLimitWatts, secondsPerEpoch, averageWatts, source };
}

/** The decision's limit, or the best of the profile, or the highest where there is no profile either. */
export function settle(world: World, decision: Decision, profile: readonly PowerMeasurement[]): PowerMeasurement {
  const { batchSize, objective, pace, powerLimitWatts } = decision;
  if (powerLimitWatts !== null) return measurement(world, batchSize, powerLimitWatts, 'run');
  if (profile.length > 0) return choosePowerLimit(objective.eta, maxPowerWatts(world.gpus), pace)(profile);
  return measurement(world, batchSize, Math.max(...world.gpus.powerLimitsWatts), 'run');
}

/** Early stopping is predictive: before the first epoch that would exceed the ceiling, once the overhead is paid. */
export function stop(
  world: World,
  decision: Decision,
  running: PowerMeasurement,
  targetEpochs: number | null,
  overheadJoules: number,
): { readonly epochs: number; readonly reached: boolean } {
  const ceiling = decision.costCeilingJoules ?? Infinity;
  const affordable = Math.floor((ceiling - overheadJoules) / epochCost(world, decision, running));
  const budget = Math.max(0, Math.min(affordable, world.job.maxEpochs));
  const reached = targetEpochs !== null && targetEpochs <= budget;
  return { epochs: reached ? targetEpochs : budget, reached };
}

export function epochCost(world: World, decision: Decision, at: PowerMeasurement): number {
  return epochCostJoules(at, decision.objective.eta, maxPowerWatts(world.gpus));
}
