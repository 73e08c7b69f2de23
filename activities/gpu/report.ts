/** What is known of each GPU of a host, usable or not: for people who ask why. */
import type { GpuDriver } from './driver';
import { GpuError, messageOf } from './error';
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
  /** How many programs compute on it now, ours included. */
  readonly processes?: number | undefined;
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

/** What rules a GPU out whatever drives it. */
export function unusableBecause({ uuid, limits, mig }: Pick<GpuReport, 'uuid' | 'limits' | 'mig'>): string | undefined {
  if (mig === true) {
    return `MIG is on, and a limit holds for all its slices; turn it off (nvidia-smi -i ${uuid} -mig 0) or leave this GPU out`;
  }
  return limits === undefined ? 'it has no settable power limit, as many laptop GPUs; leave this GPU out' : undefined;
}

/**
 * Why a GPU that no run of ours holds is left out all the same, and the remedy. A limit would slow the others' programs, and
 * their energy would count as the run's.
 */
export function sharedBecause({ uuid, processes = 0 }: Pick<GpuReport, 'uuid' | 'processes'>): string | undefined {
  if (processes === 0) return undefined;
  const computing = processes === 1 ? 'a program of others computes' : `${processes} programs of others compute`;
  return `${computing} on it; end what nvidia-smi -i ${uuid} shows, or set allowShared in the worker's configuration`;
}

/** A GPU that is there and does not answer. */
export function unreadable(uuid: string, error: unknown): GpuReport {
  const unusable = error instanceof GpuError ? error.reason : messageOf(error);
  return { uuid, model: 'unknown', energy: 'none', unusable };
}
