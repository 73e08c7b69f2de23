import type { PowerMeasurement } from '../policy/facts';
import type { Decision } from '../policy/policy';
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
export declare function fullProfile(world: World, batchSize: number): readonly PowerMeasurement[];
export declare function measurement(world: World, batchSize: number, powerLimitWatts: number, source: PowerMeasurement['source']): PowerMeasurement;
/** The decision's limit, or the best of the profile, or the highest where there is no profile either. */
export declare function settle(world: World, decision: Decision, profile: readonly PowerMeasurement[]): PowerMeasurement;
/** Early stopping is predictive: before the first epoch that would exceed the ceiling, once the overhead is paid. */
export declare function stop(world: World, decision: Decision, running: PowerMeasurement, targetEpochs: number | null, overheadJoules: number): {
    readonly epochs: number;
    readonly reached: boolean;
};
export declare function epochCost(world: World, decision: Decision, at: PowerMeasurement): number;
//# sourceMappingURL=charging.d.ts.map