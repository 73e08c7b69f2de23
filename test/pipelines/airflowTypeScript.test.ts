/** A task of Airflow in TypeScript, by Airflow's own SDK, that asks Temporal itself. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JobClient } from '../../worker/client';
import type { JobSpecInput } from '../../workflows/contracts';
import { jobSpecSchema } from '../../workflows/contracts';
import { Airflow } from '../support/airflow';
import { airflow3 } from '../support/airflowMajors';
import { type Serving, buildCli, startServing } from '../support/cli';
import { testAddress, testClient } from '../support/temporal';

const taskQueue = `airflow-${randomUUID().slice(0, 8)}`;
const example = join(__dirname, '..', '..', 'integrations', 'airflow-ts', 'example');
const { AIRFLOW_TS_PYTHON: python = '', AIRFLOW_TS_NODE: node = '', AIRFLOW_TS_BUNDLE: bundle = '' } = process.env;

jest.setTimeout(240_000);

let airflow: Airflow;
let worker: Serving;
let directory: string;

beforeAll(async () => {
  await buildCli();
  directory = await mkdtemp(join(tmpdir(), 'wattbandit-typescript-'));
  const config = join(directory, 'worker.yaml');
  await writeFile(config, JSON.stringify({ version: 1, taskQueue, hardware: { kind: 'simulated', gpu: 'v100' } }));
  worker = await startServing(['worker', 'start', '-c', config], { TEMPORAL_ADDRESS: testAddress() });
  const [host, port] = testAddress().split(':');
  const kwargs = { node_executable: node, bundle, task_startup_timeout: 60 };
  airflow = await Airflow.start({
    major: { ...airflow3, python, folders: [example] },
    dagIds: ['train_in_typescript'],
    env: {
      AIRFLOW_CONN_TEMPORAL_DEFAULT: JSON.stringify({ conn_type: 'generic', host, port: Number(port) }),
      AIRFLOW__SDK__COORDINATORS: JSON.stringify({ ts: { classpath: 'coordinator.BundleCoordinator', kwargs } }),
      AIRFLOW__SDK__QUEUE_TO_COORDINATOR: JSON.stringify({ typescript: 'ts' }),
      PYTHONPATH: example,
    },
  });
}, 400_000);

afterAll(async () => {
  await airflow?.stop();
  await worker?.stop();
  await rm(directory, { recursive: true, force: true });
}, 90_000);

const spec: JobSpecInput = {
  version: 1,
  job: 'slope',
  batchSizes: [16, 32, 64],
  defaultBatchSize: 32,
  maxEpochs: 50,
  target: { metric: 'accuracy', value: 0.99 },
  trainer: { kind: 'external', gpus: { model: 'A40', count: 1, powerLimitsWatts: [150, 200, 300] } },
};

describe('a task in TypeScript', () => {
  it('asks, trains and tells, over Temporal alone', async () => {
    const jobs = new JobClient(await testClient(), { taskQueue });
    await jobs.create(jobSpecSchema.parse(spec), { paused: true });
    for (const _ of [1, 2]) {
      const run = await airflow.runDag('train_in_typescript');
      expect(run.state).toBe('success');
      const told = (await airflow.xcom(run, 'train')) as { id: string; batchSize: number; joules: number };
      const { slots } = await jobs.ledger('slope');
      const attempt = slots.at(-1)?.attempts[0];
      expect(attempt).toMatchObject({
        decision: { id: told.id, batchSize: told.batchSize },
        observation: { outcome: 'converged', joules: told.joules },
        answer: { counted: true },
      });
    }
  });
});
