/** Makes a GPU driver from single boards: what every adapter does alike, so that each need only know its own interface. */
import type { Gpu, GpuCondition } from './driver';
import { GpuError, gpuErrorFor } from './error';
import { type LimitRange, candidateLimits } from './limits';
import type { GpuReport, ReportingGpuDriver } from './report';

/** One GPU as an adapter reaches it; failures are `GpuError`s without an action. */
export interface Board {
  readonly uuid: string;
  describe(): Promise<GpuReport>;
  /** Undefined where limits cannot be set. */
  range(): Promise<LimitRange | undefined>;
  limitWatts(): Promise<number>;
  setLimitWatts(watts: number): Promise<void>;
  energyJoules(): Promise<number>;
  /** Absent where nothing of it can be known. */
  condition?(): Promise<GpuCondition>;
}

export interface BoardOptions {
  /** The site's bounds on the limits that are offered. */
  readonly site?: Partial<LimitRange>;
}

/** `find` is asked again by each listing, for GPUs come and go with their driver. */
export function createBoardDriver(
  find: () => Promise<readonly Board[]>,
  { site = {} }: BoardOptions = {},
): ReportingGpuDriver {
  let known: readonly Board[] | undefined;
  const look = async () => (known = await find());
  const boards = async () => known ?? look();
  const changes = new Map<string, Promise<unknown>>();

  /** After the changes of that GPU that are under way: reading in the middle of a set may block, or see half of it. */
  const settled = async (uuid: string) => {
    await changes.get(uuid)?.catch(() => undefined);
    const all = await boards();
    const board = all.find((other) => other.uuid === uuid);
    if (board !== undefined) return board;
    const uuids = all.map((other) => other.uuid).join(', ');
    throw new GpuError('absent', uuids === '' ? 'this host has no GPU' : `this host has ${uuids}`);
  };
  const describe = async () => Promise.all((await look()).map((board) => board.describe()));

  return {
    describe,
    list: async () => (await describe()).flatMap((report) => gpuFor(report, site)),
    powerLimitWatts: (uuid) =>
      told(`read the power limit of GPU ${uuid}`, async () => (await settled(uuid)).limitWatts()),
    energyJoules: (uuid) => told(`read the energy of GPU ${uuid}`, async () => (await settled(uuid)).energyJoules()),
    condition: (uuid) =>
      told(`read the condition of GPU ${uuid}`, async () => (await settled(uuid)).condition?.() ?? {}),
    setPowerLimit(uuid, watts) {
      const change = told(`set the power limit of GPU ${uuid} to ${watts} W`, async () =>
        setAndReadBack(await settled(uuid), watts),
      );
      changes.set(uuid, change);
      return change;
    },
  };
}

function gpuFor({ uuid, model, limits, unusable, energy }: GpuReport, site: Partial<LimitRange>): readonly Gpu[] {
  if (limits === undefined || unusable !== undefined) return [];
  const powerLimitsWatts = candidateLimits(limits, site);
  return powerLimitsWatts.length === 0
    ? []
    : [{ uuid, model, powerLimitsWatts, energy: energy === 'counter' ? 'counter' : 'sampled' }];
}

/** Drivers round, and some report success for what they did not do. */
const toleranceWatts = 1;

async function setAndReadBack(board: Board, watts: number): Promise<void> {
  const range = await board.range();
  if (range === undefined) throw new GpuError('unsupported', 'it has no settable power limit; leave this GPU out');
  if (!(watts >= range.minWatts && watts <= range.maxWatts)) {
    throw new GpuError('outOfRange', `it takes ${range.minWatts} to ${range.maxWatts} W; choose one of these`);
  }
  await board.setLimitWatts(watts);
  const now = await board.limitWatts();
  if (Math.abs(now - watts) < toleranceWatts) return;
  throw new GpuError('unavailable', `it reads ${now} W after that; see whether another program sets limits too`);
}

async function told<T>(action: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw gpuErrorFor(action, error);
  }
}
