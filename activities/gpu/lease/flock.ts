/**
 * The kernel's lock on a file. It ends with the process that took it, however that ends: no stale locks, no guessing from
 * process ids. Node has no `flock`; koffi calls libc's. (fs-ext has it too, but compiles at every install, and koffi is here
 * for NVML anyhow.)
 */
import { type FileHandle, constants, open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf } from './errors';

/** The operations of flock(2) are the same on Linux and macOS. Who only looks need not write, nor leave a file. */
const modes = {
  shared: { operation: 1 | 4, flags: constants.O_RDONLY },
  exclusive: { operation: 2 | 4, flags: constants.O_RDWR | constants.O_CREAT },
} as const;

export type LockMode = keyof typeof modes;

/** @returns the open, locked file, or undefined while another holds it. Closing the file gives the lock back. */
export async function tryLock(path: string, mode: LockMode = 'exclusive'): Promise<FileHandle | undefined> {
  const flock = await loadFlock();
  let file: FileHandle | undefined;
  try {
    file = await open(path, modes[mode].flags, 0o660);
    if (flock(file.fd, modes[mode].operation)) return file;
  } catch (error) {
    await file?.close();
    throw new Error(`Cannot lock ${path}: ${reasonOf(error)}`, { cause: error });
  }
  await file.close();
  return undefined;
}

/** Not at once refused: a look at the lock, or a sentinel that puts the limit back, takes it for a moment. */
export async function lockSoon(path: string): Promise<FileHandle | undefined> {
  for (const waitMs of [10, 20, 40, 80]) {
    const lock = await tryLock(path);
    if (lock !== undefined) return lock;
    await sleep(waitMs);
  }
  return undefined;
}

/** Whether the lock was granted; throws what is neither yes nor no. */
export type Flock = (descriptor: number, operation: number) => boolean;

let loaded: Promise<Flock> | undefined;

/** Called early by who must not depend on files any more when it counts: an upgrade replaces them. */
export function loadFlock(): Promise<Flock> {
  loaded ??= bindFlock();
  return loaded;
}

async function bindFlock(): Promise<Flock> {
  const { default: koffi } = await import('koffi').catch((error: unknown) => {
    throw new Error('Cannot hold GPUs: koffi is not installed; run npm install koffi.', { cause: error });
  });
  if (process.platform === 'win32') throw new Error('Cannot hold GPUs on Windows: it has no flock; use Linux.');
  const { EWOULDBLOCK, EINTR } = koffi.os.errno;
  const flock: (descriptor: number, operation: number) => number = koffi
    .load(null)
    .func('int flock(int descriptor, int operation)');
  return (descriptor, operation) => {
    for (;;) {
      if (flock(descriptor, operation) === 0) return true;
      const errno = koffi.errno();
      if (errno === EWOULDBLOCK) return false;
      if (errno !== EINTR) throw new Error(`flock fails with error ${errno}; does its file system have locks?`);
    }
  };
}
