/**
 * GPUs by Zeus's daemon, so that the worker needs no privilege. Where NVML can be loaded it reads (anyone may, exactly and at
 * once) and the daemon only sets; where it cannot, the daemon does both.
 */
import { type Board, type BoardOptions, createBoardDriver } from './boards';
import { GpuError } from './error';
import { createIntegratedEnergy } from './integratedEnergy';
import { nvmlBoardsOf, nvmlLibraryName } from './nvml';
import { type NvmlSession, openNvmlSession } from './nvmlSession';
import { type GpuReport, type PowerLimits, type ReportingGpuDriver, unreadable, unusableBecause } from './report';
import {
  type ZeusdClient,
  type ZeusdClientOptions,
  type ZeusdDiscovery,
  type ZeusdGpu,
  createZeusdClient,
} from './zeusdClient';
import { type LocalGpu, uuidFor } from './zeusdIdentity';

export interface ZeusdOptions extends BoardOptions, Omit<ZeusdClientOptions, 'socketPath'> {
  readonly socketPath?: string;
  /** The NVML to read by; a path, or a name that dlopen searches for. */
  readonly nvmlLibrary?: string;
}

/** Rejects where no daemon answers. */
export async function openZeusd({
  socketPath = process.env['ZEUSD_SOCK_PATH'] ?? '/run/zeusd/zeusd.sock',
  nvmlLibrary = nvmlLibraryName,
  ...options
}: ZeusdOptions = {}): Promise<ReportingGpuDriver> {
  const client = createZeusdClient({ ...options, socketPath });
  await client.discover();
  const session = await openNvmlSession(nvmlLibrary).catch(() => undefined);
  const localBoards = session === undefined ? async () => [] : nvmlBoardsOf(session);
  const byDaemon = new Map<string, Board>();

  /** Its indices may move when it starts again, so each use asks anew which GPU it means. */
  const idOf = async (uuid: string) => {
    const [{ gpus }, local] = [await client.discover(), await localGpusOf(session)];
    const gpu = gpus.find((one) => uuidFor(one, gpus, local) === uuid);
    if (gpu === undefined) throw new GpuError('absent', 'zeusd does not know it any more; see its log');
    return gpu.id;
  };
  const boardFor = (gpu: ZeusdGpu, uuid: string, local: Board | undefined): Board => {
    const setLimitWatts = async (watts: number) => client.setLimitMw(await idOf(uuid), Math.round(watts * 1000));
    if (local !== undefined) return { ...local, setLimitWatts };
    const board = byDaemon.get(uuid) ?? { ...createReader(client, gpu, { uuid, id: () => idOf(uuid) }), setLimitWatts };
    byDaemon.set(uuid, board);
    return board;
  };

  return createBoardDriver(async () => {
    const [found, local, boards] = [await client.discover(), await localGpusOf(session), await localBoards()];
    return found.gpus.map((gpu) => {
      const uuid = uuidFor(gpu, found.gpus, local);
      if (uuid === undefined) return unidentified(gpu);
      return permitted(
        boardFor(
          gpu,
          uuid,
          boards.find((board) => board.uuid === uuid),
        ),
        found,
      );
    });
  }, options);
}

async function localGpusOf(session: NvmlSession | undefined): Promise<readonly LocalGpu[]> {
  if (session === undefined) return [];
  const { library } = session;
  const named = (await session.devices()).flatMap((device) => ('uuid' in device ? [device.uuid] : []));
  return Promise.all(
    named.map((uuid) =>
      session.ask(uuid, (device) => ({ uuid, name: library.name(device), pciAddress: library.pciAddress(device) })),
    ),
  );
}

/** A GPU that zeusd alone reads; it has no notion of a default or an enforced limit. */
function createReader(
  client: ZeusdClient,
  { name, cumulative_energy_available: counter }: ZeusdGpu,
  { uuid, id }: { readonly uuid: string; readonly id: () => Promise<number> },
): Omit<Board, 'setLimitWatts'> {
  const power = async () => (await client.powerMw(await id())) / 1000;
  const energy = createIntegratedEnergy(power, { everySeconds: 0.1 });
  const limits = async () => limitsOf(client, await id());
  const describe = async (): Promise<GpuReport> => {
    const found = await limits();
    const persistence = await client.persistence(await id()).catch(() => undefined);
    const unusable = unusableBecause({ uuid, limits: found });
    return {
      uuid,
      model: name,
      limits: found,
      energy: counter === true ? 'counter' : 'integrated',
      persistence,
      unusable,
    };
  };
  return {
    uuid,
    describe: () => describe().catch((error: unknown) => unreadable(uuid, error)),
    range: limits,
    limitWatts: async () => (await client.limitMw(await id())) / 1000,
    energyJoules: async () => (counter === true ? (await client.energyMj(await id())) / 1000 : energy.joules()),
  };
}

async function limitsOf(client: ZeusdClient, id: number): Promise<PowerLimits | undefined> {
  try {
    const { minMw, maxMw } = await client.limitRangeMw(id);
    return { minWatts: minMw / 1000, maxWatts: maxMw / 1000, currentWatts: (await client.limitMw(id)) / 1000 };
  } catch (error) {
    if (error instanceof GpuError && error.kind === 'unsupported') return undefined;
    throw error;
  }
}

function permitted(board: Board, { enabled_api_groups: groups }: ZeusdDiscovery): Board {
  if (groups === undefined || groups.includes('gpu-control')) return board;
  const why = 'zeusd may not set limits; start it with --enable gpu-read,gpu-control';
  return { ...board, describe: async () => ({ ...(await board.describe()), unusable: why }) };
}

function unidentified({ id, name }: ZeusdGpu): Board {
  const uuid = `zeusd index ${id}`;
  const remedy = 'update zeusd, or let this process load NVML (libnvidia-ml.so.1) and see all GPUs of the host';
  const failure = new GpuError(
    'unsupported',
    `this zeusd tells GPUs by index only, which may mean another one here; ${remedy}`,
  );
  const fail = async () => {
    throw failure;
  };
  const describe = async () => ({ ...unreadable(uuid, failure), model: name });
  return { uuid, describe, range: fail, limitWatts: fail, setLimitWatts: fail, energyJoules: fail };
}
