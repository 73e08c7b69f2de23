/** What `wattbandit` remembers of a job: sums of epochs, power measurements, failures. Plain JSON, no beliefs. */
import { type PowerMeasurement } from './facts';
/** Keys of these records are batch sizes, power limits or GPU models, written out: JSON knows no others. */
export interface Memory {
    readonly version: 1;
    readonly converged: Readonly<Record<string, ConvergedRuns>>;
    readonly failed: Readonly<Record<string, FailedRuns>>;
    readonly gpus: Readonly<Record<string, GpuFacts>>;
    readonly drift: Drift;
    /** Runs that converged, over all sizes and GPU models; never reset. */
    readonly runs: number;
    /** Failures of proven sizes since the last run that converged. */
    readonly failuresInARow: number;
    /** Imported runs that converged after nobody knows how many epochs, by GPU model and batch size. */
    readonly timed?: Readonly<Record<string, Readonly<Record<string, TimedRuns>>>>;
}
/** `n` is a weight; `logs` is of ln seconds. */
export interface TimedRuns {
    readonly n: number;
    readonly logs: number;
}
/** The converged runs of one batch size; `n` is a weight, since old runs fade. `logs` and `squares` are of ln epochs. */
export interface ConvergedRuns {
    readonly n: number;
    readonly epochs: number;
    readonly logs: number;
    readonly squares: number;
}
/** The runs of one batch size that failed in a way that teaches. */
export interface FailedRuns {
    /** Imported ones count as much as they weigh. */
    readonly failures: number;
    /** Most epochs paid in one of them. */
    readonly stopped: number;
    /** Epochs paid in those after the size had converged once. */
    readonly wasted: number;
    /** One of them used up the job's epoch limit. */
    readonly exhausted: boolean;
}
export interface GpuFacts {
    /** Runs on this model that taught something. */
    readonly runs: number;
    /** The smallest batch size that ran out of memory. */
    readonly outOfMemory: number | null;
    readonly sizes: Readonly<Record<string, SizeFacts>>;
}
export interface SizeFacts {
    /** Its profile went through to the end, so the best limit is known. */
    readonly swept: boolean;
    /** By power limit: seconds per epoch, average watts. */
    readonly limits: Readonly<Record<string, readonly [number, number]>>;
    /** Until then: the limits that runs too short for a whole profile measured of themselves, as a profile would. */
    readonly windows?: readonly number[];
}
/** Two-sided CUSUM of the residuals of ln epochs. */
export interface Drift {
    readonly up: number;
    readonly down: number;
    readonly alarms: number;
    /** After an alarm: ln epochs by batch size, as they were believed then, moved to the new level. */
    readonly shape: Readonly<Record<string, number>> | null;
}
export declare const nothingConverged: ConvergedRuns;
export declare const nothingFailed: FailedRuns;
export declare const emptyMemory: Memory;
export declare function convergedOf(memory: Memory, batchSize: number): ConvergedRuns;
export declare function failedOf(memory: Memory, batchSize: number): FailedRuns;
export declare function gpuOf(memory: Memory, model: string): GpuFacts;
export declare function timedOf({ timed }: Memory, model: string, batchSize: number): TimedRuns;
/** Of this batch size a run is known to have converged, here or elsewhere. */
export declare function hasConverged(memory: Memory, batchSize: number): boolean;
export declare function withGpu(memory: Memory, model: string, facts: GpuFacts): Memory;
export declare function canHold(gpu: GpuFacts, batchSize: number): boolean;
/**
 * Power measurements are kept per GPU model, batch size and limit; the latest counts, but a probe of a few steps never
 * replaces what a whole profile found. `sweptBatchSize` is the size whose profile went through to the end.
 */
export declare function recordMeasurements(memory: Memory, model: string, measurements: readonly PowerMeasurement[], sweptBatchSize?: number): Memory;
/** Which measurements of a size, recorded already, are as good as those of a whole profile. */
export declare function recordWindows(memory: Memory, model: string, batchSize: number, limits: readonly number[]): Memory;
//# sourceMappingURL=memory.d.ts.map