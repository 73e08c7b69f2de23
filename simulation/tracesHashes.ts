/** What recordings were played, so that a result can say so, and somebody else can tell whether theirs are the same. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SimulationError } from './error';

/** SHA-256 in hexadecimal by file name, of everything in a directory that a simulation reads. */
export type Hashes = Readonly<Record<string, string>>;

const played = /\.csv(\.gz)?$|^jobs\.json$/;

export function hashesOf(directory: string): Hashes {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory())
    throw new SimulationError(`Cannot read traces: there is no directory ${directory}.`);
  const files = readdirSync(directory).filter((file) => played.test(file));
  return Object.fromEntries(files.toSorted().map((file) => [file, sha256(readFileSync(join(directory, file)))]));
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
