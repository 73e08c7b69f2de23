/**
 * The GPUs of this host, as far as this process may give them to runs: first come, first served. What it remembers is a
 * courtesy between runs of one process; that no two runs ever share a GPU is the lease's doing.
 */
import type { Gpu, GpuDriver } from './driver';
import type { GpuHolder } from './hold';

export interface GpuPool {
  /**
   * Reserves `count` GPUs of one model for `run`, the same ones if it asks again, as soon as they are free.
   * Undefined if `patienceMs` passes before that.
   */
  reserve(run: string, count: number, patience: Patience): Promise<readonly Gpu[] | undefined>;
  /** Keeps GPUs from being reserved by others while `work` goes on, and gives them back after it. */
  occupy<T>(run: string, gpuUuids: readonly string[], work: () => Promise<T>): Promise<T>;
  /** The most GPUs of one model that this host could ever give. */
  capacity(): Promise<number>;
  /** How many runs wait here for their turn. */
  readonly waiting: number;
}

export interface Patience {
  readonly milliseconds: number;
  readonly signal?: AbortSignal;
}

/** A run that reserved GPUs and does not come for them has failed on its way here. */
const reservedMs = 10_000;
/** Other processes of the host give GPUs back without telling us. */
const lookEveryMs = 1000;

interface Reservation {
  readonly gpuUuids: readonly string[];
  /** Undefined while the run is under way. */
  readonly expiresAt: number | undefined;
}

export function createGpuPool(driver: GpuDriver, holder: GpuHolder): GpuPool {
  const reservations = new Map<string, Reservation>();
  let lastTurn: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const sleepers = new Set<() => void>();

  const taken = (besides: string) => {
    const now = Date.now();
    for (const [run, { expiresAt = Infinity }] of reservations) if (expiresAt < now) reservations.delete(run);
    return [...reservations].flatMap(([run, { gpuUuids }]) => (run === besides ? [] : gpuUuids));
  };
  const tryReserve = async (run: string, count: number) => {
    const [gpus, held] = await Promise.all([driver.list(), holder.held()]);
    const mine = new Set(reservations.get(run)?.gpuUuids);
    const others = new Set(taken(run));
    const free = gpus.filter(({ uuid }) => !others.has(uuid) && (mine.has(uuid) || !held.has(uuid)));
    // What is reserved already comes first, so that asking twice reserves once.
    free.sort((a, b) => Number(mine.has(b.uuid)) - Number(mine.has(a.uuid)));
    const chosen = groupsOfOneModel(free)
      .find((group) => group.length >= count)
      ?.slice(0, count);
    if (chosen !== undefined) {
      reservations.set(run, { gpuUuids: chosen.map(({ uuid }) => uuid), expiresAt: Date.now() + reservedMs });
    }
    return chosen;
  };
  const untilSomethingChanged = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', wake);
        sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal?.addEventListener('abort', wake);
      sleepers.add(wake);
    });

  return {
    get waiting() {
      return waiting;
    },
    async capacity() {
      return Math.max(0, ...groupsOfOneModel(await driver.list()).map((group) => group.length));
    },
    async reserve(run, count, { milliseconds, signal }) {
      const deadline = Date.now() + milliseconds;
      // One that wants many GPUs would wait for ever if those that want few could pass.
      const before = lastTurn;
      const turn = (async () => {
        await before;
        for (;;) {
          signal?.throwIfAborted();
          const gpus = await tryReserve(run, count);
          const left = deadline - Date.now();
          if (gpus !== undefined || left <= 0) return gpus;
          await untilSomethingChanged(Math.min(left, lookEveryMs), signal);
        }
      })();
      lastTurn = turn.catch(() => undefined);
      waiting += 1;
      try {
        return await turn;
      } finally {
        waiting -= 1;
      }
    },
    async occupy(run, gpuUuids, work) {
      reservations.set(run, { gpuUuids, expiresAt: undefined });
      try {
        return await work();
      } finally {
        reservations.delete(run);
        for (const wake of sleepers) wake();
      }
    },
  };
}

function groupsOfOneModel(gpus: readonly Gpu[]): readonly (readonly Gpu[])[] {
  const models = new Set(gpus.map(({ model }) => model));
  return [...models].map((model) => gpus.filter((gpu) => gpu.model === model));
}
