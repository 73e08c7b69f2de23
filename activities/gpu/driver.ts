/** The port to the GPUs of one host. An adapter sets states and reads them back; it knows no Temporal and no job. */

export interface Gpu {
  /** Never an index: those move when a driver restarts. */
  readonly uuid: string;
  readonly model: string;
  /** The limits worth choosing from, watts, ascending; the last is the highest the hardware allows. */
  readonly powerLimitsWatts: readonly number[];
}

export interface GpuDriver {
  list(): Promise<readonly Gpu[]>;
  powerLimitWatts(uuid: string): Promise<number>;
  /** Setting the limit that is already in force is harmless. */
  setPowerLimit(uuid: string, watts: number): Promise<void>;
  /** A counter that only grows while the driver lives, joules. */
  energyJoules(uuid: string): Promise<number>;
}
