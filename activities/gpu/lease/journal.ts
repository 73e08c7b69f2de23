/** What has to be known to put back one GPU's power limit, on disk before the limit is first changed. */
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { jsonOf } from '../../json';
import { draftOf } from './durably';
import { codeOf } from './errors';

const journalSchema = z.strictObject({
  version: z.literal(1),
  uuid: z.string().min(1),
  bootId: z.string().min(1),
  /** Read once, before the first change. */
  originalWatts: z.number().positive(),
  /** Every limit that this lease set or was about to set. */
  oursWatts: z.array(z.number().positive()).readonly(),
  pid: z.int().positive(),
  /** As `startOf` has it. */
  pidStartedAt: z.string(),
  at: z.iso.datetime(),
  runId: z.string(),
});

export type Journal = Readonly<z.output<typeof journalSchema>>;

/** What a lease knows of itself; the rest of the journal is the GPU's. */
export type Holder = Pick<Journal, 'pid' | 'pidStartedAt' | 'at' | 'runId'>;

const ending = '.json';

export function journalPath(directory: string, uuid: string): string {
  return join(directory, `${encodeURIComponent(uuid)}${ending}`);
}

const foreignEnding = '.foreign';

/** Where a journal lies once somebody else has moved the limit. */
export function foreignPath(directory: string, uuid: string): string {
  return join(directory, `${encodeURIComponent(uuid)}${foreignEnding}`);
}

/** The GPU that was left to whoever moved its limit, if the file says so. */
export function uuidOfForeign(fileName: string): string | undefined {
  return fileName.endsWith(foreignEnding) ? decodeURIComponent(fileName.slice(0, -foreignEnding.length)) : undefined;
}

/** The GPU whose journal a file is, if it is one. */
export function uuidOfJournal(fileName: string): string | undefined {
  return fileName.endsWith(ending) ? decodeURIComponent(fileName.slice(0, -ending.length)) : undefined;
}

/** Undefined without a journal. Throws if there is one that cannot be opened, which says nothing about its content. */
export async function readJournal(
  directory: string,
  uuid: string,
  path = journalPath(directory, uuid),
): Promise<Journal | 'unreadable' | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  const parsed = journalSchema.safeParse(jsonOf(text));
  return parsed.success && parsed.data.uuid === uuid ? parsed.data : 'unreadable';
}

export function textOf(journal: Journal): string {
  return `${JSON.stringify(journal)}\n`;
}

/** Not synced: were it to come back after a crash, it would be of another boot. */
export async function dropJournal(directory: string, uuid: string): Promise<void> {
  const path = journalPath(directory, uuid);
  await rm(draftOf(path), { force: true });
  await rm(path, { force: true });
}

/** Keeps a journal that nobody may act on, as evidence. Answers where. */
export async function setAside(directory: string, uuid: string, why: 'foreign' | 'bad'): Promise<string> {
  const path = journalPath(directory, uuid);
  const aside = join(directory, `${encodeURIComponent(uuid)}.${why}`);
  await rename(path, aside).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
  return aside;
}
