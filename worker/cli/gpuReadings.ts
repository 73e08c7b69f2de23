/** One look after the other at all GPUs of a driver: what they say, what they drew since the look before. */
import type { FoundGpuDriver } from '../../activities/gpu/auto';
import { messageOf } from '../../activities/gpu/error';
import type { GpuReport } from '../../activities/gpu/report';
import { type GpuRow, gpuRow, type leasesIn } from './gpuRows';

export interface GpuReading extends GpuRow {
  readonly at: string;
  /** Mean since the tick before; null on the first, and where energy cannot be read. */
  readonly drawWatts: number | null;
}

/** Reads all GPUs once; those that are gone stay, with the reason. */
export function createLook(
  { kind, driver }: Pick<FoundGpuDriver, 'kind' | 'driver'>,
  leases: () => ReturnType<typeof leasesIn>,
) {
  const known = new Map<string, GpuReport>();
  const meters = new Map<string, Reading>();
  const reports = async (): Promise<readonly GpuReport[]> => {
    const missing = new Map(known);
    let why = 'its driver does not name it any more';
    const seen = await driver.describe().catch((error: unknown) => {
      why = messageOf(error);
      return [];
    });
    for (const report of seen) missing.delete(report.uuid);
    for (const report of seen) if (report.energy !== 'none') known.set(report.uuid, report);
    return [
      ...seen,
      ...[...missing.keys()].map((uuid): GpuReport => ({ uuid, model: '', energy: 'none', unusable: why })),
    ];
  };
  const draw = async (uuid: string): Promise<number | null> => {
    const before = meters.get(uuid);
    meters.delete(uuid);
    const reading = { joules: await driver.energyJoules(uuid), atSeconds: performance.now() / 1000 };
    meters.set(uuid, reading);
    return before === undefined ? null : meanWatts(before, reading);
  };
  return async (): Promise<readonly GpuReading[]> => {
    const [found, held] = [await reports(), await leases()];
    return Promise.all(
      found.map(async (report) => {
        const { uuid } = report;
        const named = { ...report, model: known.get(uuid)?.model ?? report.model };
        const drawWatts = report.energy === 'none' ? null : await draw(uuid).catch(() => null);
        return { at: new Date().toISOString(), ...gpuRow(kind, named, held.get(uuid)), drawWatts };
      }),
    );
  };
}

interface Reading {
  readonly joules: number;
  readonly atSeconds: number;
}

/** Null where the counter started anew: its driver was reloaded. */
function meanWatts(before: Reading, after: Reading): number | null {
  const joules = after.joules - before.joules;
  const seconds = after.atSeconds - before.atSeconds;
  return joules < 0 || seconds <= 0 ? null : Math.round((joules / seconds) * 10) / 10;
}
