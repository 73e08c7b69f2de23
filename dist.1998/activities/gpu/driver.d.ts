/** The port to the GPUs of one host. An adapter sets states and reads them back; it knows no Temporal and no job. */
/**
 * How exactly energy is told. `exact`: at every moment; `counter`: exactly, but with a new value every 20 to 100 ms only;
 * `sampled`: power, looked at now and then and summed.
 */
export type EnergyReading = 'exact' | 'counter' | 'sampled';
export interface Gpu {
    /** Never an index: those move when a driver restarts. */
    readonly uuid: string;
    readonly model: string;
    /** The limits worth choosing from, watts, ascending; the last is the highest the hardware allows. */
    readonly powerLimitsWatts: readonly number[];
    readonly energy: EnergyReading;
}
/** What may spoil a measurement. Absent is what the adapter cannot know. */
export interface GpuCondition {
    /** Below the limit where something outside the driver, such as a BMC, caps the board. */
    readonly enforcedWatts?: number | undefined;
    readonly temperatureCelsius?: number | undefined;
    /** Heat or a power brake holds the clocks back, more than the limit does. */
    readonly heldBack?: boolean | undefined;
}
export interface GpuDriver {
    list(): Promise<readonly Gpu[]>;
    powerLimitWatts(uuid: string): Promise<number>;
    /** Setting the limit that is already in force is harmless. */
    setPowerLimit(uuid: string, watts: number): Promise<void>;
    /** A counter that only grows while the driver lives, joules. */
    energyJoules(uuid: string): Promise<number>;
    condition(uuid: string): Promise<GpuCondition>;
}
//# sourceMappingURL=driver.d.ts.map