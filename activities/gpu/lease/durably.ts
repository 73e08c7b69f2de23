/** Writes a file so that a reader finds the old content or the new, also after a crash; never a part. */
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export type WriteFile = (path: string, text: string) => Promise<void>;

/** Two writers of one path would share a draft: hold the lock. */
export const writeDurably: WriteFile = async (path, text) => {
  const draft = draftOf(path);
  try {
    await writeAndSync(draft, text);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncDirectory(dirname(path));
};

export function draftOf(path: string): string {
  return `${path}.tmp`;
}

async function writeAndSync(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o640);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A rename is in the directory, which has to reach the disk too. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
