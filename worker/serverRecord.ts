/** Which server runs for a state directory, in a file that outlives whoever started it. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const serverRecord = z.object({
  pid: z.int().positive(),
  /** the process that ends it */
  owner: z.int().positive(),
  address: z.string(),
  uiAddress: z.string().optional(),
});
export type ServerRecord = Readonly<z.infer<typeof serverRecord>>;

export async function readRecord(directory: string): Promise<ServerRecord | undefined> {
  const text = await readFile(recordIn(directory), 'utf8').catch(() => '');
  try {
    return serverRecord.parse(JSON.parse(text));
  } catch {
    // Absent, or damaged: then it names no server either.
    return undefined;
  }
}

export async function writeRecord(directory: string, record: ServerRecord): Promise<void> {
  const draft = `${recordIn(directory)}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(record)}\n`);
  await rename(draft, recordIn(directory));
}

export async function removeRecord(directory: string): Promise<void> {
  await rm(recordIn(directory), { force: true });
}

function recordIn(directory: string): string {
  return join(directory, 'server.json');
}
