/** Where an export goes: a file that is not there yet. */
import { writeFile } from 'node:fs/promises';
import { WattbanditError } from '../errors';

/** @throws WattbanditError `conflict` if there is such a file already */
export async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (cause) {
    const isThere = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WattbanditError(isThere ? 'conflict' : 'invalid', `Cannot write the export to ${file}: ${reason}.`, {
      cause,
    });
  }
}
