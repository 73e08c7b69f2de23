/**
 * Who trains a run on this host, as numbered files in the run's directory. The highest number holds the run; whoever comes
 * next takes the next number and ends what the earlier ones left behind. So a retried activity finds the orphan of a killed
 * worker, and of two starts at once the later one wins.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type ProcessIdentity, type RunIdentity, endProcesses, identityOf } from './processTable';

const identity = z.object({ pid: z.int().positive(), birth: z.string() });
const recordSchema = z.object({
  /** Process ids mean something on one host only; the directory may be shared by several. */
  host: z.string(),
  token: z.string().min(1),
  worker: identity,
  leader: identity.nullable(),
});
type RunRecord = z.output<typeof recordSchema>;

export interface RunClaim {
  readonly token: string;
  readonly noteLeader: (leader: ProcessIdentity) => Promise<void>;
  /** False once a later start took over. */
  readonly isLatest: () => Promise<boolean>;
  readonly release: () => Promise<void>;
}

/** Must not outlast the heartbeat timeout of the activity that waits for it. */
const orphanGraceSeconds = 5;

const recordName = /^process-(\d+)\.json$/;

/** Claims the run of `directory`, once nothing of its earlier starts is alive on this host. */
export async function claimRun(directory: string, worker: ProcessIdentity): Promise<RunClaim> {
  await mkdir(directory, { recursive: true });
  const record: RunRecord = { host: hostname(), token: randomUUID(), worker, leader: null };
  const number = await takeNumber(directory, record);
  await endEarlier(directory, number);
  const path = recordPath(directory, number);
  return {
    token: record.token,
    noteLeader: (leader) => replaceFile(path, { ...record, leader }),
    isLatest: async () => (await numbersIn(directory)).at(-1) === number,
    release: () => rm(path, { force: true }),
  };
}

/** Ends what workers that are gone left running. For the start of a worker, before it takes work. */
export async function endOrphansIn(directory: string): Promise<void> {
  for (const number of await numbersIn(directory)) {
    const record = await readRecord(directory, number);
    if (record === undefined || record.host !== hostname() || (await isAlive(record.worker))) continue;
    await endProcesses(identityIn(record), orphanGraceSeconds);
    await rm(recordPath(directory, number), { force: true });
  }
}

/** Whether some worker trains in `directory`, or died while it did. */
export async function isClaimed(directory: string): Promise<boolean> {
  return (await numbersIn(directory)).length > 0;
}

async function takeNumber(directory: string, record: RunRecord): Promise<number> {
  for (;;) {
    const number = ((await numbersIn(directory)).at(-1) ?? 0) + 1;
    try {
      await writeFile(recordPath(directory, number), JSON.stringify(record), { flag: 'wx', mode: 0o600 });
      return number;
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
}

/** An earlier start that has not written its record yet has not started its trainer: it sees that it is not the latest. */
async function endEarlier(directory: string, number: number): Promise<void> {
  for (const earlier of (await numbersIn(directory)).filter((other) => other < number)) {
    const record = await readRecord(directory, earlier);
    if (record?.host === hostname()) await endProcesses(identityIn(record), orphanGraceSeconds);
    await rm(recordPath(directory, earlier), { force: true });
  }
}

async function isAlive({ pid, birth }: ProcessIdentity): Promise<boolean> {
  return (await identityOf(pid))?.birth === birth;
}

function identityIn({ token, leader }: RunRecord): RunIdentity {
  return { token, leader };
}

async function readRecord(directory: string, number: number): Promise<RunRecord | undefined> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(recordPath(directory, number), 'utf8')));
  } catch {
    return undefined;
  }
}

async function replaceFile(path: string, record: RunRecord): Promise<void> {
  const draft = `${path}.${record.token}`;
  await writeFile(draft, JSON.stringify(record), { mode: 0o600 });
  await rename(draft, path);
}

async function numbersIn(directory: string): Promise<readonly number[]> {
  const names = await readdir(directory).catch(() => []);
  const numbers = names.flatMap((name) => recordName.exec(name)?.[1] ?? []).map(Number);
  return numbers.toSorted((a, b) => a - b);
}

function recordPath(directory: string, number: number): string {
  return join(directory, `process-${number}.json`);
}

function isTaken(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST';
}
