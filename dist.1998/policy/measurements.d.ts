import type { Grid } from './epochs';
import type { Gpus, PowerMeasurement } from './facts';
import { type Memory } from './memory';
import type { Parameters } from './parameters';
/** One batch size: its profile, and whether that is a whole one. */
export interface Measured {
    /** In the grid. */
    readonly index: number;
    readonly swept: boolean;
    /** Not empty. */
    readonly profile: readonly PowerMeasurement[];
}
export interface GpuMeasurements {
    readonly sizes: readonly Measured[];
    readonly maxPowerWatts: number;
}
export interface Measurements {
    readonly grid: Grid;
    readonly here: GpuMeasurements;
    /** Another model whose curve is a guess for this one's, while little was measured here. */
    readonly elsewhere: GpuMeasurements | null;
}
export declare function measurementsFor(memory: Memory, gpus: Gpus, grid: Grid, { warmStartBelow }: Parameters): Measurements;
/** Limits that may no longer be set are left out, unless no others are known. */
export declare function measuredOn(memory: Memory, { model, powerLimitsWatts }: Gpus, { sizes }: Grid): Measured[];
/** The whole profile of this size, or what runs too short for one measured of it, at limits that can be set. */
export declare function profiledOf(memory: Memory, { model, powerLimitsWatts }: Gpus, batchSize: number): PowerMeasurement[];
//# sourceMappingURL=measurements.d.ts.map