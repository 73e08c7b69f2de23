/**
 * Puts back one GPU's power limit: compares first, because what is neither the prior limit nor one of ours is somebody
 * else's. Whoever calls this holds the GPU's lock.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf } from './errors';
import { currentBootId } from './host';
import { type Journal, dropJournal, readJournal, setAside } from './journal';
import { type LimitDriver, isNear, isSame, setAndReadBack } from './limits';
import type { Restored } from './outcome';

/** A driver that refuses may only be busy; together well below a worker's grace at shutdown. */
const backOffMs = [20, 40, 80, 160, 320, 640] as const;

export interface Place {
  readonly directory: string;
  readonly driver: LimitDriver;
  readonly waitsMs?: readonly number[];
}

/** Settles what the journal on disk says; undefined without one. */
export async function settleFromDisk(place: Place, uuid: string): Promise<Restored | undefined> {
  try {
    const journal = await readJournal(place.directory, uuid);
    if (journal === undefined) return undefined;
    if (journal !== 'unreadable') return await settle(place, journal);
    return { kind: 'bad', uuid, path: await setAside(place.directory, uuid, 'bad') };
  } catch (error) {
    return { kind: 'kept', uuid, reason: reasonOf(error) };
  }
}

/** Puts the limit back and the journal away. Never throws: what fails is kept for the next try. */
export async function settle(place: Place, journal: Journal): Promise<Restored> {
  const { uuid } = journal;
  try {
    const outcome: Restored =
      journal.bootId === (await currentBootId()) ? await restoreOften(place, journal) : { kind: 'rebooted', uuid };
    if (outcome.kind === 'foreign') await setAside(place.directory, uuid, 'foreign');
    else if (outcome.kind !== 'kept') await dropJournal(place.directory, uuid);
    return outcome;
  } catch (error) {
    return { kind: 'kept', uuid, reason: reasonOf(error) };
  }
}

async function restoreOften({ driver, waitsMs = backOffMs }: Place, journal: Journal): Promise<Restored> {
  for (const waitMs of waitsMs) {
    try {
      return await restoreOnce(driver, journal);
    } catch {
      await sleep(waitMs);
    }
  }
  return restoreOnce(driver, journal);
}

async function restoreOnce(driver: LimitDriver, journal: Journal): Promise<Restored> {
  const { uuid, originalWatts } = journal;
  const outcome = outcomeAt(await driver.powerLimitWatts(uuid), journal);
  if (outcome.kind !== 'restored') return outcome;
  return { ...outcome, watts: await setAndReadBack(driver, { uuid, watts: originalWatts }) };
}

/** What is to become of a limit that reads so many watts now; `restored` where it has to be put back. */
export function outcomeAt(current: number, { uuid, originalWatts, oursWatts }: Journal): Restored {
  if (isSame(current, originalWatts)) return { kind: 'already', uuid, watts: current };
  if (!oursWatts.some((watts) => isNear(watts, current))) {
    return { kind: 'foreign', uuid, watts: current, originalWatts };
  }
  return { kind: 'restored', uuid, watts: originalWatts, fromWatts: current };
}
