/**
 * AMD GPUs by the files of the kernel's amdgpu driver (hwmon, microwatts). Writing takes root, or a rule of udev. Energy is
 * summed from power: the counters of some boards run at the wrong rate.
 */
import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { type Board, type BoardOptions, createBoardDriver } from './boards';
import { GpuError } from './error';
import { createIntegratedEnergy } from './integratedEnergy';
import { type PowerLimits, type ReportingGpuDriver, unreadable, unusableBecause } from './report';
import { textIn, writeText } from './sysfs';

export interface AmdgpuOptions extends BoardOptions {
  /** Where the kernel shows its graphics cards. */
  readonly root?: string;
  readonly sampleSeconds?: number;
}

const amdVendor = '0x1002';

export function createAmdgpu({
  root = '/sys/class/drm',
  sampleSeconds = 0.05,
  ...options
}: AmdgpuOptions = {}): ReportingGpuDriver {
  const boards = new Map<string, Board>();
  return createBoardDriver(async () => {
    for (const card of await cardsIn(root)) {
      const uuid = await uuidOf(card);
      if (!boards.has(uuid)) boards.set(uuid, createBoard(uuid, card, sampleSeconds));
    }
    return [...boards.values()];
  }, options);
}

/** The `device` directories of the AMD cards; `card0-DP-1` and the like are connectors. */
async function cardsIn(root: string): Promise<readonly string[]> {
  const names = await readdir(root).catch(() => []);
  const devices = names.filter((name) => /^card\d+$/.test(name)).map((name) => path.join(root, name, 'device'));
  const vendors = await Promise.all(devices.map((device) => textIn(device, 'vendor')));
  return devices.filter((_, i) => vendors[i] === amdVendor);
}

/** The serial number that the board carries, else its place on the bus. */
async function uuidOf(device: string): Promise<string> {
  return `AMD-${(await textIn(device, 'unique_id')) || path.basename(await realpath(device))}`;
}

function createBoard(uuid: string, device: string, sampleSeconds: number): Board {
  const watts = async (...names: readonly string[]) => {
    const hwmon = await hwmonOf(device);
    for (const name of names) {
      const text = await textIn(hwmon, name);
      if (text !== undefined && /^\d+$/.test(text)) return Number(text) / 1e6;
    }
    return undefined;
  };
  const energy = createIntegratedEnergy(() => watts('power1_average', 'power1_input').then(needed), {
    everySeconds: sampleSeconds,
  });
  const limits = async () => {
    const [min, max, now, normal] = await Promise.all(
      ['power1_cap_min', 'power1_cap_max', 'power1_cap', 'power1_cap_default'].map((name) => watts(name)),
    );
    return limitsFor(min, max, now, normal);
  };

  return {
    uuid,
    describe: async () => {
      try {
        const found = await limits();
        const unusable = unusableBecause({ uuid, limits: found });
        return { uuid, model: await modelOf(device), limits: found, energy: 'integrated', unusable };
      } catch (error) {
        return unreadable(uuid, error);
      }
    },
    range: limits,
    limitWatts: () => watts('power1_cap').then(needed),
    setLimitWatts: async (limit) =>
      writeText(path.join(await hwmonOf(device), 'power1_cap'), String(Math.round(limit * 1e6))),
    energyJoules: () => energy.joules(),
    async condition() {
      const milliCelsius = await textIn(await hwmonOf(device), 'temp1_input');
      const known = milliCelsius !== undefined && /^\d+$/.test(milliCelsius);
      return { temperatureCelsius: known ? Number(milliCelsius) / 1000 : undefined };
    },
  };
}

/** Boards that name no lowest limit, or 0 W, which would mean "the default": not below half of the highest, unprofiled ground. */
const lowestShare = 0.5;

function limitsFor(
  min: number | undefined,
  max: number | undefined,
  now: number | undefined,
  normal: number | undefined,
) {
  if (max === undefined || now === undefined) return undefined;
  const limits: PowerLimits = {
    minWatts: min === undefined || min === 0 ? max * lowestShare : min,
    maxWatts: max,
    currentWatts: now,
    defaultWatts: normal,
  };
  return limits;
}

async function hwmonOf(device: string): Promise<string> {
  const folder = path.join(device, 'hwmon');
  const [name] = await readdir(folder).catch(() => []);
  if (name === undefined)
    throw new GpuError('lost', `the kernel shows no sensors in ${folder}; see its log for amdgpu`);
  return path.join(folder, name);
}

async function modelOf(device: string): Promise<string> {
  return (await textIn(device, 'product_name')) || `AMD ${(await textIn(device, 'device')) ?? 'GPU'}`;
}

function needed(watts: number | undefined): number {
  if (watts === undefined) throw new GpuError('unsupported', 'the kernel does not tell it; leave this GPU out');
  return watts;
}
