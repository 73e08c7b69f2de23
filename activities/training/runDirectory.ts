/** `<directory>/<job>/<run>`: a run's checkpoints, output and records. The latest runs of a job are kept, older ones go. */
import { createHash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { endOrphansIn, isClaimed } from './runRecord';
import type { RunRequest } from './trainer';

/** An hourly job would fill the disk otherwise. */
const keptRuns = 20;

type RunName = Pick<RunRequest, 'id' | 'spec' | 'node'>;

/** Ids contain what file names must not; the hash keeps apart what looks alike then. */
export function runDirectory(directory: string, { id, spec, node }: RunName): string {
  const hash = createHash('sha256').update(`${spec.job}/${id}`).digest('hex').slice(0, 8);
  const rank = node === undefined || node.rank === 0 ? '' : `-node${node.rank}`;
  return join(directory, spec.job, `${id.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, 80)}-${hash}${rank}`);
}

/** One for all hosts of a run that share a disk. */
export function checkpointDirectory(directory: string, { id, spec }: RunName): string {
  return join(runDirectory(directory, { id, spec }), 'checkpoints');
}

/** Keeps `current` and every run that is claimed, however old. */
export async function forgetOldRuns(current: string): Promise<void> {
  const others = (await namesIn(dirname(current))).filter((path) => path !== current);
  const runs = await Promise.all(others.map(async (path) => aged(path)));
  const old = runs.toSorted((a, b) => b.changedMs - a.changedMs).slice(keptRuns - 1);
  for (const { path } of old) if (!(await isClaimed(path))) await rm(path, { recursive: true, force: true });
}

/**
 * Ends the trainers of workers that are gone. For the start of a worker, before it takes work; what another worker of this
 * host trains goes on.
 */
export async function endOrphans(directory: string): Promise<void> {
  for (const job of await namesIn(directory)) for (const run of await namesIn(job)) await endOrphansIn(run);
}

async function namesIn(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory).catch(() => []);
  return names.map((name) => join(directory, name));
}

async function aged(path: string) {
  const found = await stat(path).catch(() => undefined);
  return { path, changedMs: found?.mtimeMs ?? 0 };
}
