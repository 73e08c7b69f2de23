/** What is known of each GPU of a host, usable or not: for people who ask why. */
import type { GpuDriver } from './driver';
import type { LimitRange } from './limits';

export interface GpuReport {
  readonly uuid: string;
  readonly model: string;
  /** Absent where the hardware has no settable limit. */
  readonly limits?: PowerLimits | undefined;
  /** `integrated`: no trustworthy counter, so power is sampled and summed, less exactly. */
  readonly energy: 'counter' | 'integrated' | 'none';
  /** Off: the limit is lost whenever no process uses the GPU. */
  readonly persistence?: boolean | undefined;
  readonly mig?: boolean | undefined;
  /** Why no run may use it, and the remedy; absent where one may. */
  readonly unusable?: string | undefined;
}

export interface PowerLimits extends LimitRange {
  readonly currentWatts: number;
  readonly defaultWatts?: number | undefined;
  /** Below the current limit where something outside the driver, such as a BMC, caps the board. */
  readonly enforcedWatts?: number | undefined;
}

/** A driver that can also say what it sees. */
export interface ReportingGpuDriver extends GpuDriver {
  describe(): Promise<readonly GpuReport[]>;
}
