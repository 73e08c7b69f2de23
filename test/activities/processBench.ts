/** What tests of the process trainer share: a job for a trainer of the zoo, and a look at what is left of it. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createSimulatedGpus } from '../../activities/gpu/simulated';
import { type ProcessTrainerOptions, createProcessTrainer } from '../../activities/training/process';
import type { TrainingEvent, TrainingRun } from '../../activities/training/trainer';
import type { JobSpec } from '../../workflows/contracts';
import { jobSpec } from '../support/job';

export const zoo = join(__dirname, 'trainers', 'zoo.mjs');

export const gpuUuids = ['SIM-v100-0'];

const directories: string[] = [];
const started: TrainingRun[] = [];

export function freshDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'wattbandit-process-'));
  directories.push(directory);
  return directory;
}

// Not where a worker of a test uses this file.
if (typeof afterAll === 'function') {
  // One that a failed test left would keep the whole runner waiting.
  afterEach(() => Promise.all(started.splice(0).map((run) => run.stop())));
  afterAll(() => directories.forEach((directory) => rmSync(directory, { recursive: true, force: true })));
}

export function zooSpec(animal: string, section: Record<string, unknown> = {}, mark = 'zoo'): JobSpec {
  return jobSpec({
    batchSizes: [16, 32, 64],
    defaultBatchSize: 32,
    target: { metric: 'accuracy', value: 0.9 },
    trainer: { kind: 'process', command: [process.execPath, zoo, animal, mark], ...section },
  });
}

export function processTrainer(options: Partial<ProcessTrainerOptions> = {}) {
  const gpus = createSimulatedGpus({ model: 'v100', count: 1, powerLimitsWatts: [100, 250] });
  return createProcessTrainer({ directory: freshDirectory(), gpus, ...options });
}

export async function startAnimal(animal: string, section: Record<string, unknown> = {}) {
  const mark = randomUUID();
  const spec = zooSpec(animal, section, mark);
  const run = await processTrainer().start({ id: 'slot/1', spec, batchSize: 32, gpuUuids });
  started.push(run);
  return { run, left: () => processesWith(mark) };
}

/** Not by the means of the product: whoever has `mark` in the command line and is no zombie. */
export async function processesWith(mark: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'stat=,pid=,args='], { maxBuffer: 2 ** 26 });
  return stdout.split('\n').filter((line) => line.includes(mark) && !line.trim().startsWith('Z'));
}

/** All events up to and with the first for which `isLast` holds. */
export async function eventsUntil(run: TrainingRun, isLast: (event: TrainingEvent) => boolean) {
  const events: TrainingEvent[] = [];
  do events.push(await run.next());
  while (!isLast(events.at(-1)!));
  return events;
}

/** The failure, and every event before it. */
export async function failureOf(run: TrainingRun) {
  const events = await eventsUntil(run, ({ kind }) => kind === 'failed');
  const failed = events.pop();
  if (failed?.kind !== 'failed') throw new Error('unreachable');
  return { ...failed, events };
}
