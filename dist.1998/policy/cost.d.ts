/** The Zeus cost: what a run, or an epoch of it, costs under η (Zeus, NSDI '23, equations 2 and 7). */
import type { Gpus, PowerMeasurement } from './facts';
/** MAXPOWER: the highest settable limit, over all GPUs of the run. */
export declare function maxPowerWatts(gpus: Gpus): number;
/** η·energy + (1 − η)·MAXPOWER·time, in joules. */
export declare function zeusCostJoules(joules: number, seconds: number, eta: number, maxPower: number): number;
/** The same for one epoch at a measured speed and power. */
export declare function epochCostJoules(at: PowerMeasurement, eta: number, maxPower: number): number;
//# sourceMappingURL=cost.d.ts.map