/** Holding GPUs for a run: nobody else sets their limits meanwhile, and the prior limits come back whatever happens. */
import type { LeaseRecord } from '../../policy/facts';
import type { GpuDriver } from './driver';
import { defaultLeaseDirectory } from './lease/directory';
import { GpuBusy } from './lease/errors';
import type { LimitSet } from './lease/powerLease';
import { listLeases } from './lease/recover';
import type { Restored } from './lease/outcome';
import { type LeaseOptions, type Report, withPowerLease } from './lease/withPowerLease';

export interface HeldPower {
  /** Sets one limit, in watts, on all GPUs of the run or on none. */
  setPowerLimit(watts: number): Promise<LimitSet>;
}

export interface Holding {
  readonly runId: string;
  readonly gpuUuids: readonly string[];
  /** Told once the limits are put back, or are left to others to put back; before `hold` answers or throws. */
  readonly record?: (leases: readonly LeaseRecord[]) => void;
}

export interface GpuHolder {
  /** @throws GpuBusy while another run holds one of the GPUs */
  hold<T>(holding: Holding, work: (power: HeldPower) => Promise<T>): Promise<T>;
  /** UUIDs of the GPUs that runs of this host hold now, whatever process they belong to. */
  held(): Promise<ReadonlySet<string>>;
}

/** For hardware whose limits outlive this process: kernel lock, journal, sentinel. */
export function holdByLease(driver: GpuDriver, options: Omit<LeaseOptions, 'runId'> = {}): GpuHolder {
  return {
    hold: ({ runId, gpuUuids, record }, work) => withPowerLease(driver, gpuUuids, { ...options, runId, record }, work),
    async held() {
      const leases = await listLeases(options.directory ?? (await defaultLeaseDirectory()));
      return new Set(leases.filter(({ held }) => held).map(({ uuid }) => uuid));
    },
  };
}

/** For simulated GPUs, which die with this process: nothing outlives it that would have to be put back. */
export function holdInMemory(driver: GpuDriver, report: Report = () => {}): GpuHolder {
  const holders = new Map<string, string>();
  return {
    async hold(holding, work) {
      const { runId, gpuUuids } = holding;
      for (const uuid of gpuUuids) {
        const holder = holders.get(uuid);
        if (holder !== undefined) throw new GpuBusy(uuid, `run ${holder}`);
      }
      for (const uuid of gpuUuids) holders.set(uuid, runId);
      try {
        return await withPriorLimits({ driver, report }, holding, work);
      } finally {
        for (const uuid of gpuUuids) holders.delete(uuid);
      }
    },
    held: async () => new Set(holders.keys()),
  };
}

interface Simulated {
  readonly driver: GpuDriver;
  readonly report: Report;
}

async function withPriorLimits<T>(
  { driver, report }: Simulated,
  { gpuUuids: uuids, record = () => {} }: Holding,
  work: (power: HeldPower) => Promise<T>,
): Promise<T> {
  const prior = await Promise.all(uuids.map(async (uuid) => ({ uuid, watts: await driver.powerLimitWatts(uuid) })));
  const set = new Set<number>();
  let current: number | undefined;
  try {
    return await work({
      async setPowerLimit(watts) {
        set.add(watts);
        if (watts !== current) await onEvery(uuids, (uuid) => driver.setPowerLimit(uuid, watts));
        current = watts;
        return { kind: 'set', watts };
      },
    });
  } finally {
    if (set.size > 0) await onEvery(prior, ({ uuid, watts }) => driver.setPowerLimit(uuid, watts));
    report(prior.map((limit): Restored => restoredTo(limit, current)));
    record(prior.map(({ uuid: gpuUuid, watts }) => recordOf(gpuUuid, watts, [...set])));
  }
}

function restoredTo(limit: { uuid: string; watts: number }, fromWatts: number | undefined): Restored {
  const isSame = fromWatts === undefined || fromWatts === limit.watts;
  return isSame ? { kind: 'already', ...limit } : { kind: 'restored', ...limit, fromWatts };
}

function recordOf(gpuUuid: string, priorWatts: number, setWatts: readonly number[]): LeaseRecord {
  if (setWatts.length === 0) return { gpuUuid, setWatts, outcome: 'untouched' };
  return { gpuUuid, priorWatts, setWatts, outcome: 'restored', watts: priorWatts };
}

/** Waits for all, also where one is refused: a limit that is still being set must not land after the restore. */
async function onEvery<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const settled = await Promise.allSettled(items.map(work));
  for (const each of settled) if (each.status === 'rejected') throw each.reason;
}
