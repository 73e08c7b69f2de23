/** One process at a time: a file that names the process holding it, and outlives nobody. */
import { randomUUID } from 'node:crypto';
import { link, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isErrno } from './errno';
import { isAlive } from './processes';

const heldHere = new Set<string>();

export interface LockOptions {
  /** Told once, if it has to wait, of the process that holds the lock. */
  readonly onWait?: (pid: number) => void;
  readonly signal?: AbortSignal;
}

/** Waits while another living process, or another call in this one, holds `path`. */
export async function withLockFile<T>(
  path: string,
  use: () => Promise<T>,
  { onWait, signal }: LockOptions = {},
): Promise<T> {
  const holder = `${process.pid}.${randomUUID()}`;
  heldHere.add(holder);
  try {
    for (let tries = 0; !(await take(path, holder)); tries++) {
      await breakStale(path);
      if (tries === 1) onWait?.(Number.parseInt((await contentOf(path)) ?? '', 10));
      await sleep(50, undefined, { signal });
    }
    try {
      return await use();
    } finally {
      await rm(path, { force: true });
    }
  } finally {
    heldHere.delete(holder);
  }
}

/** A hard link appears together with its content; a file created in place could be read while it is still empty. */
async function take(path: string, holder: string): Promise<boolean> {
  const draft = `${path}.${holder}`;
  await writeFile(draft, holder);
  try {
    return await linked(draft, path);
  } finally {
    await unlink(draft);
  }
}

/**
 * Removes the lock of a dead holder. Of several processes that notice, one gets to link the grave; one that links it after
 * the lock changed hands sees another holder inside and leaves the lock alone.
 */
async function breakStale(path: string): Promise<void> {
  const holder = await contentOf(path);
  if (holder === undefined || (await holds(holder))) return;
  const grave = `${path}.${holder}.dead`;
  if (!(await linked(path, grave))) return;
  if ((await contentOf(grave)) === holder) await rm(path, { force: true });
  await rm(grave, { force: true });
}

async function holds(holder: string): Promise<boolean> {
  const pid = Number.parseInt(holder, 10);
  // A container restarts with the same process ids, so a lock with ours may be from a former life.
  return pid === process.pid ? heldHere.has(holder) : isAlive(pid);
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST') || isErrno(error, 'ENOENT')) return false;
    throw error;
  }
}

async function contentOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}
