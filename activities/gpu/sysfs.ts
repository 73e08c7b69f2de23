/** Values that the kernel shows and takes as small files. */
import { constants } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { GpuError, codeOf, messageOf } from './error';

/** Undefined where the file is missing or says nothing readable. */
export async function textIn(directory: string, name: string): Promise<string | undefined> {
  try {
    return (await readFile(path.join(directory, name), 'utf8')).trim();
  } catch {
    return undefined;
  }
}

/** Never makes a file: only the kernel makes such files. */
export async function writeText(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: constants.O_WRONLY | constants.O_TRUNC });
  } catch (cause) {
    throw writeFailureFor(file, cause);
  }
}

function writeFailureFor(file: string, cause: unknown): GpuError {
  const code = codeOf(cause);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    const remedy =
      'run the worker as root, mount /sys writable in its container, or open the file to its group by a udev rule';
    return new GpuError('forbidden', `this process may not write ${file}; ${remedy}`, { cause });
  }
  if (code === 'EINVAL')
    return new GpuError('outOfRange', 'the kernel calls it invalid; choose another limit', { cause });
  return new GpuError('unavailable', `${file} was not written (${messageOf(cause)}); see the kernel log`, { cause });
}
