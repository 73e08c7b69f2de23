/** NVIDIA GPUs by NVML, the library of the driver. Anyone may read; setting takes root or CAP_SYS_ADMIN. */
import { type Board, type BoardOptions, createBoardDriver } from './boards';
import type { GpuCondition } from './driver';
import { GpuError } from './error';
import { type IntegratedEnergy, createIntegratedEnergy } from './integratedEnergy';
import { NvmlError, nvmlCodes } from './nvmlErrors';
import type { NvmlDevice } from './nvmlLibrary';
import { type NvmlSession, type Unreachable, openNvmlSession } from './nvmlSession';
import { type GpuReport, type PowerLimits, type ReportingGpuDriver, unreadable, unusableBecause } from './report';

export const nvmlLibraryName = 'libnvidia-ml.so.1';

export interface NvmlOptions extends BoardOptions {
  /** A path, or a name that dlopen searches for. */
  readonly library?: string;
}

export async function openNvml({
  library = nvmlLibraryName,
  ...options
}: NvmlOptions = {}): Promise<ReportingGpuDriver> {
  return createBoardDriver(nvmlBoardsOf(await openNvmlSession(library)), options);
}

export function nvmlBoardsOf(session: NvmlSession): () => Promise<readonly Board[]> {
  const boards = new Map<string, Board>();
  return async () => {
    const devices = await session.devices();
    for (const device of devices) {
      if ('uuid' in device && !boards.has(device.uuid)) boards.set(device.uuid, createBoard(session, device.uuid));
    }
    // A GPU that was seen before and is lost now is one of those that NVML cannot name.
    const nameless = devices.flatMap((device) => ('uuid' in device ? [] : [unreachable(device)]));
    return [...boards.values(), ...nameless.slice(boards.size + nameless.length - devices.length)];
  };
}

function createBoard(session: NvmlSession, uuid: string): Board {
  const { library } = session;
  let integrated: IntegratedEnergy | undefined;
  const watts = () => session.ask(uuid, (device) => library.powerMw(device) / 1000);
  const integrate = () => (integrated ??= createIntegratedEnergy(watts)).joules();

  return {
    uuid,
    describe: () =>
      session.ask(uuid, (device) => reportOf(session, uuid, device)).catch((error) => unreadable(uuid, error)),
    range: () => session.ask(uuid, (device) => limitsOf(session, device)),
    limitWatts: () => session.ask(uuid, (device) => library.limitMw(device) / 1000),
    setLimitWatts: (limit) => session.ask(uuid, (device) => library.setLimitMw(device, Math.round(limit * 1000))),
    async energyJoules() {
      if (integrated !== undefined) return integrate();
      const millijoules = await session.ask(uuid, (device) => ifSupported(() => library.energyMj(device)));
      return millijoules === undefined ? integrate() : millijoules / 1000;
    },
    condition: () => session.ask(uuid, (device) => conditionOf(session, device)),
  };
}

/** NVML's bits for hardware slow-down, software and hardware thermal slow-down, and the external power brake. */
const heldBackBits = 0x8 | 0x20 | 0x40 | 0x80;

function conditionOf({ library }: NvmlSession, device: NvmlDevice): GpuCondition {
  const reasons = ifSupported(() => library.clockEventReasons(device));
  return {
    enforcedWatts: ifSupported(() => library.enforcedLimitMw(device) / 1000),
    temperatureCelsius: ifSupported(() => library.temperatureCelsius(device)),
    heldBack: reasons === undefined ? undefined : (reasons & heldBackBits) !== 0,
  };
}

function reportOf(session: NvmlSession, uuid: string, device: NvmlDevice): GpuReport {
  const { library } = session;
  const mig = ifSupported(() => library.mig(device));
  const limits = limitsOf(session, device);
  const counter = ifSupported(() => library.energyMj(device)) !== undefined;
  return {
    uuid,
    model: library.name(device),
    limits,
    energy: counter ? 'counter' : 'integrated',
    persistence: ifSupported(() => library.persistence(device)),
    mig,
    processes: ifSupported(() => library.computeProcesses(device)),
    unusable: unusableBecause({ uuid, limits, mig }),
  };
}

function limitsOf({ library }: NvmlSession, device: NvmlDevice): PowerLimits | undefined {
  const range = ifSupported(() => library.limitRangeMw(device));
  const currentMw = ifSupported(() => library.limitMw(device));
  if (range === undefined || currentMw === undefined) return undefined;
  return {
    minWatts: range.minMw / 1000,
    maxWatts: range.maxMw / 1000,
    currentWatts: currentMw / 1000,
    defaultWatts: ifSupported(() => library.defaultLimitMw(device) / 1000),
    enforcedWatts: ifSupported(() => library.enforcedLimitMw(device) / 1000),
  };
}

function ifSupported<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const { notSupported, functionNotFound } = nvmlCodes;
    if (error instanceof NvmlError && (error.code === notSupported || error.code === functionNotFound))
      return undefined;
    throw error;
  }
}

function unreachable({ index, failure }: Unreachable): Board {
  const uuid = `index ${index}`;
  const fail = async () => {
    throw new GpuError('lost', failure);
  };
  return {
    uuid,
    describe: async () => unreadable(uuid, new GpuError('lost', failure)),
    range: fail,
    limitWatts: fail,
    setLimitWatts: fail,
    energyJoules: fail,
  };
}
