/** How a sentinel puts one GPU's limit back: as soon as the lock is free, again and again while the driver is away. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { GpuDriver } from '../driver';
import { createDriver } from './driverDescription';
import { reasonOf } from './errors';
import { tryLock } from './flock';
import { lockPath } from './hold';
import { readJournal } from './journal';
import type { Orders } from './orders';
import { type Restored, sayRestored } from './outcome';
import { settleFromDisk } from './restore';

/** After that the journal waits for the next worker's start. */
const patienceMs = 60_000;
const longestWaitMs = 1000;

/** The kernel frees the lock with the worker's last breath, perhaps a little after the pipe. */
export async function putBack(orders: Orders, uuid: string, driver: GpuDriver): Promise<void> {
  const giveUpAt = performance.now() + patienceMs;
  let attempt = await tryOnce(orders, uuid, driver);
  for (
    let waitMs = 2;
    !isSettled(attempt) && performance.now() < giveUpAt;
    waitMs = Math.min(waitMs * 2, longestWaitMs)
  ) {
    await sleep(waitMs);
    // A driver that was loaded anew does not know the old handles.
    attempt = attempt === 'busy' ? await tryOnce(orders, uuid, driver) : await tryAnew(orders, uuid);
  }
  if (typeof attempt === 'object') console.error(sayRestored(attempt));
}

type Attempt = Restored | 'nothing' | 'busy';

function isSettled(attempt: Attempt): boolean {
  return attempt !== 'busy' && (attempt === 'nothing' || attempt.kind !== 'kept');
}

async function tryAnew(orders: Orders, uuid: string): Promise<Attempt> {
  try {
    return await tryOnce(orders, uuid, await createDriver(orders.driver));
  } catch (error) {
    return { kind: 'kept', uuid, reason: reasonOf(error) };
  }
}

async function tryOnce(
  { directory, workerPid, workerStartedAt }: Orders,
  uuid: string,
  driver: GpuDriver,
): Promise<Attempt> {
  try {
    const lock = await tryLock(lockPath(directory, uuid));
    if (lock !== undefined) {
      try {
        return (await settleFromDisk({ directory, driver, waitsMs: [] }, uuid)) ?? 'nothing';
      } finally {
        await lock.close();
      }
    }
    // Whoever took the lock from a dead worker has paid its debt first, and the journal there is his own.
    const journal = await readJournal(directory, uuid);
    const isWorkers =
      typeof journal === 'object' && journal.pid === workerPid && journal.pidStartedAt === workerStartedAt;
    return isWorkers ? 'busy' : 'nothing';
  } catch (error) {
    return { kind: 'kept', uuid, reason: reasonOf(error) };
  }
}
