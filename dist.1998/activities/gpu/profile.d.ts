/** Just-in-time profiling: measures each power limit, from high to low, in short windows while a run trains. No I/O. */
import type { PowerMeasurement } from '../../policy/facts';
import { type Circumstances, type Reading, type WindowRules } from './profileWindow';
export interface ProfilePlan {
    readonly batchSize: number;
    readonly limitsWatts: readonly number[];
    /** Measured in earlier runs. */
    readonly known?: readonly PowerMeasurement[];
    readonly rules: WindowRules;
}
/**
 * settling → measuring → (next limit) settling … → the first limit again → done. A limit settles until the first reading after
 * its time; its window ends with the first reading that makes it long enough. A disturbed window begins anew, and is kept as
 * doubtful when it was disturbed too often.
 */
export interface Profiler {
    /** The limit that must be in force now; undefined once there is nothing more to measure. */
    readonly limitWatts: number | undefined;
    /** What this run measured. */
    readonly measurements: readonly PowerMeasurement[];
    /** All limits were measured, here or in earlier runs, as far as the hardware has them. */
    readonly isWhole: boolean;
    /** What is in force, and since when: a limit may be clamped, and setting it may take its time. */
    hold(inForceWatts: number, seconds: number): Profiler;
    advance(reading: Reading, circumstances?: Circumstances): Profiler;
    /** Nothing more is measured; what is missing makes it less than whole. */
    end(): Profiler;
}
export declare function createProfiler(plan: ProfilePlan): Profiler;
//# sourceMappingURL=profile.d.ts.map