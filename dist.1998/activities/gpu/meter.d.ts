/** Joules drawn by the GPUs of one run since the meter was made, and what may spoil a measurement of them. */
import type { EnergyReading, GpuDriver } from './driver';
export interface Meter {
    /** That of the least exact of its GPUs. */
    readonly energy: EnergyReading;
    /** Summed over the GPUs; never shrinks. */
    joules(): Promise<number>;
    /**
     * The same at a moment just passed, in seconds of `performance.now()`. While the meter watches counters that tick, it waits for
     * the tick after that moment; else it is what can be read now.
     */
    joulesAt(seconds: number): Promise<number>;
    /** Counters that tick are polled while it watches; nothing else is. */
    watch(on: boolean): void;
    condition(): Promise<RunCondition>;
}
/** Of all GPUs of a run. */
export interface RunCondition {
    readonly limitsWatts: readonly number[];
    /** The lowest. */
    readonly enforcedWatts?: number | undefined;
    /** The highest. */
    readonly temperatureCelsius?: number | undefined;
    readonly heldBack: boolean;
}
export declare function createMeter(driver: GpuDriver, uuids: readonly string[]): Promise<Meter>;
//# sourceMappingURL=meter.d.ts.map