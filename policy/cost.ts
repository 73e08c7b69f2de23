/** The Zeus cost: what a run, or an epoch of it, costs under η (Zeus, NSDI '23, equations 2 and 7). */
import type { Gpus, PowerMeasurement } from './facts';

/** MAXPOWER: the highest settable limit, over all GPUs of the run. */
export function maxPowerWatts(gpus: Gpus): number {
  return Math.max(...gpus.powerLimitsWatts) * gpus.count;
}

/** η·energy + (1 − η)·MAXPOWER·time, in joules. */
export function zeusCostJoules(joules: number, seconds: number, eta: number, maxPower: number): number {
  return eta * joules + (1 - eta) * maxPower * seconds;
}

/** The same for one epoch at a measured speed and power. */
export function epochCostJoules(at: PowerMeasurement, eta: number, maxPower: number): number {
  return (eta * at.averageWatts + (1 - eta) * maxPower) * at.secondsPerEpoch;
}
