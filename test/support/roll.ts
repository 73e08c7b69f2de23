/** Versions of workers of one deployment, and a job whose runs end when they are let. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { WorkflowHandle } from '@temporalio/client';
import type { WorkerDeploymentVersion } from '@temporalio/common';
import { JobClient } from '../../worker/client';
import { workerConfigSchema } from '../../worker/config';
import { commandForCurrent } from '../../worker/deployment';
import { runWorker } from '../../worker/run';
import { jobSpec } from './job';
import { testAddress, testBinary, testClient } from './temporal';

const gated = join(__dirname, '..', 'activities', 'trainers', 'gated.mjs');

export interface Serving {
  readonly said: readonly string[];
  /** At once: what trains goes on elsewhere. */
  stop(): Promise<void>;
}

export class Roll {
  readonly name = `roll-${randomUUID().slice(0, 8)}`;
  readonly directory = mkdtempSync(join(tmpdir(), 'wattbandit-roll-'));
  private readonly serving = new Set<Serving>();

  get gate(): string {
    return join(this.directory, 'gate');
  }

  async jobs(): Promise<JobClient> {
    return new JobClient(await testClient(), { taskQueue: this.name });
  }

  get spec() {
    const command = [process.execPath, gated, join(this.directory, 'log.jsonl'), this.gate];
    return jobSpec({
      job: this.name,
      batchSizes: [64],
      defaultBatchSize: 64,
      target: { metric: 'accuracy', value: 1 },
      trainer: { kind: 'process', command, grace: '5s' },
    });
  }

  /** What the trainers noted. */
  get log(): readonly string[] {
    const file = join(this.directory, 'log.jsonl');
    return existsSync(file)
      ? readFileSync(file, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line).what)
      : [];
  }

  open(): void {
    writeFileSync(this.gate, '');
  }

  /** Resolves once the worker polls. */
  async serve(buildId: string): Promise<Serving> {
    const trainer = { kind: 'process', directory: join(this.directory, 'runs') };
    const config = workerConfigSchema.parse({
      version: 1,
      taskQueue: this.name,
      host: this.name,
      hardware: { kind: 'gpus', driver: { kind: 'simulated' }, trainer },
      deployment: { name: this.name, buildId },
      shutdownGraceSeconds: 0,
    });
    const stop = new AbortController();
    const said: string[] = [];
    let ended: Promise<void> = Promise.resolve();
    await new Promise<void>((ready, failed) => {
      ended = runWorker(config, {
        connection: { address: testAddress() },
        signal: stop.signal,
        say: (message) => void said.push(message),
        onReady: ready,
      });
      ended.catch(failed);
    });
    const serving: Serving = {
      said,
      stop: async () => {
        stop.abort();
        await ended;
      },
    };
    this.serving.add(serving);
    return serving;
  }

  async makeCurrent(buildId: string): Promise<void> {
    await makeCurrent({ deploymentName: this.name, buildId });
  }

  async end(): Promise<void> {
    this.open();
    await Promise.all([...this.serving].map((serving) => serving.stop()));
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** By the command that the worker prints, as soon as the server has heard of the version. */
export async function makeCurrent(version: WorkerDeploymentVersion): Promise<void> {
  const [, ...args] = commandForCurrent(version).split(' ');
  await until(async () => {
    await promisify(execFile)(testBinary(), [...args, '--yes', '--address', testAddress()]);
    return true;
  });
}

/** The version of the worker that took the last step of a workflow, and how the workflow is versioned. */
export async function versionOfRun(handle: Pick<WorkflowHandle, 'describe'>) {
  const { raw } = await handle.describe();
  const info = raw.workflowExecutionInfo?.versioningInfo;
  return { buildId: info?.deploymentVersion?.buildId, behavior: info?.behavior };
}

/** An error means not yet; the last one is told. */
export async function until(what: () => Promise<boolean> | boolean, ms = 30_000): Promise<void> {
  let last: unknown;
  for (const end = Date.now() + ms; Date.now() < end; await sleep(100)) {
    try {
      if (await what()) return;
    } catch (error) {
      last = error;
    }
  }
  throw new Error(`never: ${what.toString()}`, { cause: last });
}
