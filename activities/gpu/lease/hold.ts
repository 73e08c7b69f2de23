/** Holds GPUs against every other run on the host, by a kernel lock for each. */
import { type FileHandle, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { GpuBusy, reasonOf } from './errors';
import { lockSoon } from './flock';
import { startOf } from './host';
import type { Holder } from './journal';

const holderSchema = z.object({ pid: z.int(), pidStartedAt: z.string(), at: z.string(), runId: z.string() });

const ending = '.lock';

export function lockPath(directory: string, uuid: string): string {
  return join(directory, `${encodeURIComponent(uuid)}${ending}`);
}

/** The GPU whose lock a file is, if it is one. */
export function uuidOfLock(fileName: string): string | undefined {
  return fileName.endsWith(ending) ? decodeURIComponent(fileName.slice(0, -ending.length)) : undefined;
}

export async function holderFor(runId: string): Promise<Holder> {
  return {
    pid: process.pid,
    pidStartedAt: (await startOf(process.pid)) ?? '',
    at: new Date().toISOString(),
    runId,
  };
}

/**
 * Runs `use` while this process holds all GPUs. Lock files stay: were one removed, two runs could each lock their own.
 * @throws GpuBusy
 */
export async function whileHolding<T>(
  directory: string,
  uuids: readonly string[],
  holder: Holder,
  use: () => Promise<T>,
): Promise<T> {
  const [uuid, ...rest] = uuids;
  if (uuid === undefined) return use();
  const lock = await take(directory, uuid);
  try {
    await signWith(lock, holder, uuid);
    return await whileHolding(directory, rest, holder, use);
  } finally {
    await lock.close();
  }
}

async function take(directory: string, uuid: string): Promise<FileHandle> {
  const lock = await lockSoon(lockPath(directory, uuid));
  if (lock !== undefined) return lock;
  const holder = await holderOf(directory, uuid);
  throw new GpuBusy(uuid, holder === undefined ? 'another process' : `run ${holder.runId} (process ${holder.pid})`);
}

/** For other processes to read who it is; the lock itself is the kernel's. */
async function signWith(lock: FileHandle, holder: Holder, uuid: string): Promise<void> {
  try {
    await lock.truncate(0);
    await lock.write(JSON.stringify(holder), 0);
  } catch (error) {
    throw new Error(`Cannot hold GPU ${uuid}: its lock cannot be written, ${reasonOf(error)}`, { cause: error });
  }
  // Another user of the directory's group may be the next holder; only the owner can let him.
  await lock.chmod(0o660).catch(() => {});
}

/** Who signed the lock last; whether he still holds it, only the lock tells. */
export async function holderOf(directory: string, uuid: string): Promise<Holder | undefined> {
  try {
    return holderSchema.parse(JSON.parse(await readFile(lockPath(directory, uuid), 'utf8')));
  } catch {
    return undefined;
  }
}
