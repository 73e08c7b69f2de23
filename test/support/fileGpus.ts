/** GPUs whose limits and faults lie in a directory, so that they outlive every process as a driver's do. */
import { appendFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GpuDriver } from '../../activities/gpu/driver';

export const fileGpuLimits = [100, 150, 200, 250, 300] as const;

/** The end that a test holds. */
export interface FileGpus {
  readonly path: string;
  readonly driver: GpuDriver;
  readonly uuids: readonly string[];
  limit(uuid: string): number;
  /** As an administrator would, past every lease. */
  move(uuid: string, watts: number): void;
  /** The next sets of this GPU fail. */
  refuse(uuid: string, times: number): void;
  lose(uuid: string): void;
  find(uuid: string): void;
  /** Every set that took effect, of all processes. */
  sets(): readonly { readonly uuid: string; readonly watts: number }[];
}

export function createFileGpus(priorWatts: readonly number[]): FileGpus {
  const path = mkdtempSync(join(tmpdir(), 'gpus-'));
  const uuids = priorWatts.map((_, i) => `GPU-${i}`);
  writeFileSync(join(path, 'uuids'), JSON.stringify(uuids));
  const move = (uuid: string, watts: number) => replace(join(path, uuid), String(watts));
  uuids.forEach((uuid, i) => move(uuid, priorWatts[i]!));
  return {
    path,
    driver: createGpuDriver(path),
    uuids,
    limit: (uuid) => Number(readFileSync(join(path, uuid), 'utf8')),
    move,
    refuse: (uuid, times) => replace(join(path, `${uuid}.refusals`), String(times)),
    lose: (uuid) => writeFileSync(join(path, `${uuid}.lost`), ''),
    find: (uuid) => rmSync(join(path, `${uuid}.lost`)),
    sets: () => linesOf(join(path, 'sets')).map((line) => JSON.parse(line)),
  };
}

/** Also for the sentinel, by module description. */
export function createGpuDriver(path: unknown): GpuDriver {
  const directory = String(path);
  const uuids: string[] = JSON.parse(readFileSync(join(directory, 'uuids'), 'utf8'));
  const fileOf = (uuid: string) => {
    if (!uuids.includes(uuid) || existsSync(join(directory, `${uuid}.lost`))) throw new Error(`GPU ${uuid} is lost`);
    return join(directory, uuid);
  };
  return {
    list: async () => uuids.map((uuid) => ({ uuid, model: 'File', powerLimitsWatts: fileGpuLimits, energy: 'exact' })),
    powerLimitWatts: async (uuid) => Number(readFileSync(fileOf(uuid), 'utf8')),
    energyJoules: async () => 0,
    condition: async () => ({}),
    async setPowerLimit(uuid, watts) {
      const file = fileOf(uuid);
      const refusals = Number(linesOf(`${file}.refusals`)[0] ?? 0);
      if (refusals > 0) {
        replace(`${file}.refusals`, String(refusals - 1));
        throw new Error(`GPU ${uuid} refuses ${watts} W`);
      }
      replace(file, String(watts));
      appendFileSync(join(directory, 'sets'), `${JSON.stringify({ uuid, watts })}\n`);
    },
  };
}

/** A process may be killed in between. */
function replace(file: string, text: string): void {
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}

function linesOf(file: string): readonly string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}
