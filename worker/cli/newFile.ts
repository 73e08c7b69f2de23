/** Where an export goes: a file that is not there yet. */
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { WattbanditError } from '../errors';

/** All of it or nothing. @throws WattbanditError `conflict` if there is such a file already */
export async function writeNew(file: string, text: string | AsyncIterable<string>): Promise<void> {
  const stream = createWriteStream(file, { flags: 'wx' });
  let opened = false;
  stream.once('open', () => {
    opened = true;
  });
  try {
    await pipeline(Readable.from(typeof text === 'string' ? [text] : text), stream);
  } catch (cause) {
    if (opened) await rm(file, { force: true });
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    const isThere = 'code' in cause && cause.code === 'EEXIST';
    throw new WattbanditError(
      isThere ? 'conflict' : 'invalid',
      `Cannot write the export to ${file}: ${cause.message}.`,
      {
        cause,
      },
    );
  }
}
