/** Puts back a limit that somebody moved meanwhile: never by itself, only on an operator's word for this one GPU. */
import { rm } from 'node:fs/promises';
import { reasonOf } from './errors';
import { lockSoon } from './flock';
import { lockPath } from './hold';
import { currentBootId } from './host';
import { foreignPath, readJournal } from './journal';
import { type LimitDriver, setAndReadBack } from './limits';
import type { Restored } from './outcome';

/** Undefined if nothing was left to others, or while somebody holds the GPU. */
export async function putBackByForce(
  directory: string,
  driver: LimitDriver,
  uuid: string,
): Promise<Restored | undefined> {
  try {
    const lock = await lockSoon(lockPath(directory, uuid));
    if (lock === undefined) return undefined;
    try {
      return await putBack(directory, driver, uuid);
    } finally {
      await lock.close();
    }
  } catch (error) {
    return { kind: 'kept', uuid, reason: reasonOf(error) };
  }
}

async function putBack(directory: string, driver: LimitDriver, uuid: string): Promise<Restored | undefined> {
  const path = foreignPath(directory, uuid);
  const journal = await readJournal(directory, uuid, path);
  if (journal === undefined) return undefined;
  if (journal === 'unreadable') return { kind: 'bad', uuid, path };
  const outcome: Restored =
    journal.bootId === (await currentBootId())
      ? {
          kind: 'restored',
          uuid,
          fromWatts: await driver.powerLimitWatts(uuid),
          watts: await setAndReadBack(driver, { uuid, watts: journal.originalWatts }),
        }
      : { kind: 'rebooted', uuid };
  await rm(path, { force: true });
  return outcome;
}
