/** A real tracking server, as MLflow's users start it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTrackingServer } from '../../activities/mlflow/trackingServer';
import { trackedRunOf } from '../../activities/mlflow/trackedRun';
import { mlflowSettingsSchema } from '../../activities/mlflow/settings';
import type { RecurrenceResult } from '../../workflows/messages';
import { onBench, simulatedHardware } from '../support/bench';
import { decision, jobSpec, observation } from '../support/job';

const directory = mkdtempSync(join(tmpdir(), 'wattbandit-mlflow-'));
let server: ChildProcess;
let trackingUri = '';

beforeAll(async () => {
  const port = await freePort();
  trackingUri = `http://127.0.0.1:${port}`;
  const store = ['--backend-store-uri', `sqlite:///${directory}/store.db`, '--artifacts-destination', directory];
  const args = ['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1', ...store];
  // A group of its own: it starts programs that outlive it.
  server = spawn(process.env['MLFLOW_PYTHON']!, args, { cwd: directory, detached: true, stdio: 'ignore' });
  while ((await fetch(`${trackingUri}/health`).catch(() => undefined))?.status !== 200) {
    if (server.exitCode !== null) throw new Error(`mlflow server ended with ${server.exitCode}`);
    await sleep(200);
  }
}, 120_000);

afterAll(async () => {
  if (server?.pid !== undefined) process.kill(-server.pid, 'SIGKILL');
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  await new Promise((closed) => probe.close(closed));
  return port;
}

const settings = (changes = {}) => mlflowSettingsSchema.parse({ trackingUri, ...changes });
const slot = new Date(Date.UTC(2021, 6, 1));

interface Run {
  readonly info: { readonly run_id: string; readonly status: string; readonly run_name: string };
  readonly data: {
    readonly params: readonly { key: string; value: string }[];
    readonly metrics: readonly { key: string; value: number }[];
  };
}

/** Whatever MLflow answers: the tests know what they asked for. */
interface Answer {
  readonly experiment: { readonly experiment_id: string };
  readonly experiment_id: string;
  readonly runs?: readonly Run[];
  readonly metrics: readonly unknown[];
}

async function ask(path: string, body?: object): Promise<Answer> {
  const headers = { 'Content-Type': 'application/json' };
  const asked = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) };
  return (await fetch(`${trackingUri}/api/2.0/mlflow/${path}`, asked)).json() as Promise<Answer>;
}

async function runsIn(experiment: string): Promise<readonly Run[]> {
  const { experiment: found } = await ask(`experiments/get-by-name?experiment_name=${experiment}`);
  return (await ask('runs/search', { experiment_ids: [found.experiment_id] })).runs ?? [];
}

const valueOf = <T>(pairs: readonly { key: string; value: T }[], key: string) =>
  pairs.find((pair) => pair.key === key)?.value;

const run = trackedRunOf(
  {
    job: 'cifar100',
    target: { metric: 'accuracy', value: 0.6, direction: 'atLeast' },
    decision: decision({ id: "it's/1" }),
    gpus: { model: 'V100', count: 1, powerLimitsWatts: [100, 200] },
    observation: observation({ joules: 1234.5 }),
  },
  new Date(),
);

describe('createTrackingServer', () => {
  it('publishes a run once, however often and from wherever it is told', async () => {
    const tracking = () => createTrackingServer(settings({ experiment: 'once' }));
    await tracking().publish(run);
    await tracking().publish(run);
    const [published, ...more] = await runsIn('once');
    expect(more).toEqual([]);
    expect(published!.info).toMatchObject({ status: 'FINISHED', run_name: 'cifar100 2021-07-01T00:00:00Z/1' });
    expect(valueOf(published!.data.metrics, 'joules')).toBe(1234.5);
    expect(valueOf(published!.data.params, 'batchSize')).toBe('1024');
    const { metrics } = await ask(`metrics/get-history?run_id=${published!.info.run_id}&metric_key=joules`);
    expect(metrics).toHaveLength(1);
  });

  it('goes on where an earlier try broke off', async () => {
    const { experiment_id: id } = await ask('experiments/create', { name: 'broken' });
    await ask('runs/create', { experiment_id: id, start_time: 0, tags: [{ key: 'wattbandit.run', value: run.id }] });
    await createTrackingServer(settings({ experiment: 'broken' })).publish(run);
    const runs = await runsIn('broken');
    expect(runs.map(({ info }) => info.status)).toEqual(['FINISHED']);
    expect(valueOf(runs[0]!.data.metrics, 'seconds')).toBe(400);
  });

  it('makes its experiment once, when several runs end at the same time', async () => {
    const tracking = createTrackingServer(settings({ experiment: 'together' }));
    await Promise.all(
      [1, 2, 3].map((n) => tracking.publish({ ...run, id: `run/${n}`, tags: { 'wattbandit.run': `run/${n}` } })),
    );
    expect(await runsIn('together')).toHaveLength(3);
  });

  it('says what the server said of an experiment that is no more', async () => {
    const { experiment_id: id } = await ask('experiments/create', { name: 'deleted' });
    await ask('experiments/delete', { experiment_id: id });
    const refused = createTrackingServer(settings({ experiment: 'deleted' })).publish(run);
    await expect(refused).rejects.toThrow('experiment deleted: it was deleted; restore it');
  });
});

describe('a recurrence on a worker that publishes', () => {
  it('is a run in MLflow, with what the ledger says of it', async () => {
    const tracking = createTrackingServer(settings({ experiment: 'recurrences' }));
    await onBench({ ...simulatedHardware(), tracking }, async ({ jobs, job }) => {
      const result: RecurrenceResult = await (await jobs.startRecurrence(jobSpec({ job }), slot)).result();
      const { joules, seconds, batchSize } = result.observation;
      const [published] = await runsIn('recurrences');
      const { metrics, params } = published!.data;
      expect(valueOf(metrics, 'joules')).toBe(joules);
      expect(valueOf(metrics, 'seconds')).toBe(seconds);
      expect(valueOf(metrics, 'savedEnergyShare')).toBeDefined();
      expect(valueOf(params, 'batchSize')).toBe(String(batchSize));
    });
  });
});
