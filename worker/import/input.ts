/** Files that somebody wants to import: read whole, up to a size, with errors that name them. */
import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import type { z } from 'zod';
import { WattbanditError } from '../errors';

export function cannotImport(file: string, why: string, cause?: unknown): WattbanditError {
  return new WattbanditError('invalid', `Cannot import ${file}: ${why}.`, { cause });
}

/** Reads one byte more than allowed at most, so that even a device that never ends is refused. @throws WattbanditError */
export async function readBytes(file: string, mostBytes: number): Promise<Buffer> {
  const bytes = await buffer(createReadStream(file, { end: mostBytes })).catch((error: unknown) => {
    throw cannotImport(file, messageOf(error), error);
  });
  if (bytes.length > mostBytes) throw cannotImport(file, `it has more than ${mostBytes / 1024 / 1024} MiB`);
  return bytes;
}

/** UTF-8, without a byte-order mark. @throws WattbanditError */
export async function readText(file: string, mostBytes: number): Promise<string> {
  const bytes = await readBytes(file, mostBytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw cannotImport(file, 'it is not text in UTF-8', error);
  }
}

/** Also of errors that another realm threw. */
export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}

/** What is wrong with a row, in one line. */
export function problemsIn({ issues }: z.core.$ZodError): string {
  return issues.slice(0, 5).map(problemText).join('; ');
}

function problemText(issue: z.core.$ZodIssue): string {
  const at = issue.path.join('.') || 'the row';
  if (issue.code === 'unrecognized_keys') return `${at}: has the unknown ${issue.keys.slice(0, 5).join(', ')}`;
  return `${at}: ${issue.message}`;
}
