/** Pays the debts of dead holders: for a worker's start, before it polls, and for an operator without Temporal. */
import { readdir } from 'node:fs/promises';
import { codeOf, reasonOf } from './errors';
import { lockSoon, tryLock } from './flock';
import { type Holder, readJournal, uuidOfForeign, uuidOfJournal } from './journal';
import { holderOf, lockPath, uuidOfLock } from './hold';
import type { LimitDriver } from './limits';
import type { Restored } from './outcome';
import { settleFromDisk } from './restore';

/** Settles every journal whose holder is gone; those of living ones are left to them and not in the answer. */
export async function recoverAll(directory: string, driver: LimitDriver): Promise<readonly Restored[]> {
  const uuids = (await filesIn(directory)).map(uuidOfJournal).filter((uuid) => uuid !== undefined);
  const outcomes = await Promise.all(uuids.map((uuid) => recoverOne(directory, driver, uuid)));
  return outcomes.filter((outcome) => outcome !== undefined);
}

/** Undefined without a debt, or while somebody holds the GPU. */
export async function recoverOne(directory: string, driver: LimitDriver, uuid: string): Promise<Restored | undefined> {
  try {
    const lock = await lockSoon(lockPath(directory, uuid));
    if (lock === undefined) return undefined;
    try {
      return await settleFromDisk({ directory, driver }, uuid);
    } finally {
      await lock.close();
    }
  } catch (error) {
    return { kind: 'kept', uuid, reason: reasonOf(error) };
  }
}

export interface LeaseListing {
  readonly uuid: string;
  /** False: the holder is gone and left a debt. */
  readonly held: boolean;
  /** Undefined if it cannot be read. */
  readonly holder: Holder | undefined;
  /** Undefined until the holder first changes the limit, or if the journal cannot be read. */
  readonly originalWatts: number | undefined;
  readonly oursWatts: readonly number[];
}

/** Every GPU that is held or whose limit a dead holder left behind. */
export async function listLeases(directory: string): Promise<readonly LeaseListing[]> {
  const files = await filesIn(directory);
  const locked = new Set(files.map(uuidOfLock));
  const uuids = [...locked, ...files.map(uuidOfJournal)].filter((uuid) => uuid !== undefined);
  const leases = await Promise.all(
    [...new Set(uuids)].sort().map((uuid) => listingOf(directory, uuid, locked.has(uuid))),
  );
  return leases.filter((lease) => lease !== undefined);
}

async function listingOf(directory: string, uuid: string, locked: boolean): Promise<LeaseListing | undefined> {
  const held = locked && (await isHeld(lockPath(directory, uuid)));
  const journal = await readJournal(directory, uuid);
  if (!held && journal === undefined) return undefined;
  const readable = journal === 'unreadable' ? undefined : journal;
  const { originalWatts, oursWatts = [] } = readable ?? {};
  return { uuid, held, holder: readable ?? (await holderOf(directory, uuid)), originalWatts, oursWatts };
}

/** GPUs whose limit somebody moved under a lease, so that it was not put back. */
export async function listForeign(directory: string): Promise<readonly string[]> {
  return (await filesIn(directory)).map(uuidOfForeign).filter((uuid) => uuid !== undefined);
}

/** A shared lock, so that two who look do not see each other. */
async function isHeld(path: string): Promise<boolean> {
  const lock = await tryLock(path, 'shared');
  await lock?.close();
  return lock === undefined;
}

async function filesIn(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
