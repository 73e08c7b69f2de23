/**
 * The GPUs of this host, as far as this process may give them to runs: first come, first served. What it remembers is a
 * courtesy between runs of one process; that no two runs ever share a GPU is the lease's doing.
 */
import type { Gpu, GpuDriver } from './driver';
import type { GpuHolder } from './hold';

export interface GpuPool {
  /**
   * Reserves GPUs of one model for a run, the same ones if it asks again, as soon as they are free. Undefined if they are not
   * for so long.
   */
  reserve(wanted: Wanted, patience: Patience): Promise<readonly Gpu[] | undefined>;
  /** Keeps GPUs from being reserved by others while `work` goes on, and gives them back after it. */
  occupy<T>(run: string, gpuUuids: readonly string[], work: () => Promise<T>): Promise<T>;
  /** The most GPUs of one model, or of this one, that this host could ever give. */
  capacity(model?: string): Promise<number>;
  /** Resolves when more GPUs are free than this, and nobody waits for them. Rejects when the signal is aborted. */
  untilMoreAreFreeThan(count: () => number, signal: AbortSignal): Promise<void>;
  /** Has other hosts take the next claim, if there are any. */
  rest(): void;
  /** Gives no GPUs any more. Resolves when all are back, or the signal is aborted; answers whether there were any to wait for. */
  close(signal: AbortSignal): Promise<boolean>;
}

export interface Wanted {
  readonly run: string;
  readonly count: number;
  readonly model?: string | undefined;
}

export interface Patience {
  readonly milliseconds: number;
  readonly signal?: AbortSignal;
}

/**
 * A run that reserved GPUs and does not come for them has failed on its way here. On its way it asks the bandit, which answers one at a
 * time: a hundred runs that begin together on a busy server took more than ten seconds, and two of them were given one GPU.
 */
const reservedMs = 60_000;
/** After a claim was turned away, so that it does not come back at once. */
const restMs = 1000;
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
  let restsUntil = 0;
  let closed = false;
  const sleepers = new Set<() => void>();

  const taken = (besides: string) => {
    const now = Date.now();
    for (const [run, { expiresAt = Infinity }] of reservations) if (expiresAt < now) reservations.delete(run);
    return [...reservations].flatMap(([run, { gpuUuids }]) => (run === besides ? [] : gpuUuids));
  };
  const freeFor = async (run: string) => {
    const [gpus, held] = await Promise.all([driver.list(), holder.held()]);
    const mine = new Set(reservations.get(run)?.gpuUuids);
    const others = new Set(taken(run));
    const free = gpus.filter(({ uuid }) => !others.has(uuid) && (mine.has(uuid) || !held.has(uuid)));
    // What is reserved already comes first, so that asking twice reserves once.
    return free.toSorted((a, b) => Number(mine.has(b.uuid)) - Number(mine.has(a.uuid)));
  };
  const tryReserve = async ({ run, count, model }: Wanted) => {
    const chosen = groupsOfOneModel(await freeFor(run), model)
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
    async capacity(model) {
      return Math.max(0, ...groupsOfOneModel(await driver.list(), model).map((group) => group.length));
    },
    async reserve(wanted, { milliseconds, signal }) {
      const deadline = Date.now() + milliseconds;
      // One that wants many GPUs would wait for ever if those that want few could pass.
      const before = lastTurn;
      const turn = (async () => {
        if (!(await endsWithin(before, milliseconds))) return undefined;
        for (;;) {
          signal?.throwIfAborted();
          const gpus = closed ? undefined : await tryReserve(wanted);
          const left = closed ? 0 : deadline - Date.now();
          if (gpus !== undefined || left <= 0) return gpus;
          await untilSomethingChanged(Math.min(left, lookEveryMs), signal);
        }
      })();
      lastTurn = Promise.allSettled([before, turn]);
      waiting += 1;
      try {
        return await turn;
      } finally {
        waiting -= 1;
      }
    },
    async untilMoreAreFreeThan(count, signal) {
      for (;;) {
        signal.throwIfAborted();
        const free = closed || waiting > 0 || Date.now() < restsUntil ? 0 : (await freeFor('').catch(() => [])).length;
        if (free > count()) return;
        await untilSomethingChanged(lookEveryMs, signal);
      }
    },
    async close(signal) {
      closed = true;
      for (const wake of sleepers) wake();
      const had = taken('').length > 0;
      while (!signal.aborted && taken('').length > 0) await untilSomethingChanged(lookEveryMs, signal);
      return had;
    },
    rest() {
      restsUntil = Date.now() + restMs;
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

function groupsOfOneModel(gpus: readonly Gpu[], only?: string): readonly (readonly Gpu[])[] {
  const models = new Set(gpus.map(({ model }) => model).filter((model) => only === undefined || model === only));
  return [...models].map((model) => gpus.filter((gpu) => gpu.model === model));
}

async function endsWithin(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), milliseconds)));
  return Promise.race([work.then(() => true), late]).finally(() => clearTimeout(timer));
}
