/** One window of a profile: how long it must be, what was measured in it, and what makes it doubtful. No I/O. */
import type { PowerMeasurement } from '../../policy/facts';
import type { EnergyReading } from './driver';
/** Where a run stands: epochs with fractions, seconds and joules since it began. */
export interface Reading {
    readonly epochs: number;
    readonly seconds: number;
    readonly joules: number;
}
/** What else is known when a reading is taken. */
export interface Circumstances {
    /** Heat or a brake slows the GPUs, another limit than the one set is in force, or the trainer went back. */
    readonly disturbed?: boolean;
    /** What something outside the driver caps the GPUs at. */
    readonly enforcedWatts?: number | undefined;
    readonly iterationsPerEpoch?: number | undefined;
}
export interface WindowRules {
    /** Clocks follow a limit in tens of milliseconds; averaging sensors and a trainer that works ahead take a second more. */
    readonly settleSeconds: number;
    /** For ±2 % of the energy in 95 of 100 windows. */
    readonly windowSeconds: number;
    /** Whether the first limit is measured again at the end: what drifts meanwhile is no effect of limits. */
    readonly repeatsFirst: boolean;
    /** Power sampled every 100 ms says nothing of iterations that take a multiple of that. */
    readonly aliases: boolean;
}
export declare const windowRules: Readonly<Record<EnergyReading, WindowRules>>;
/** Average speed and power between two readings; undefined where nothing moved. */
export declare function measurementBetween(start: Reading, end: Reading, of: Pick<PowerMeasurement, 'batchSize' | 'powerLimitWatts' | 'source'>): PowerMeasurement | undefined;
/** Whether iterations keep step with the sampling of power. */
export declare function mayAlias({ secondsPerEpoch }: PowerMeasurement, iterationsPerEpoch: number | undefined): boolean;
/** Whether one limit, measured twice, is not the same. */
export declare function drifted(first: PowerMeasurement, again: PowerMeasurement): boolean;
//# sourceMappingURL=profileWindow.d.ts.map