/** Airflow asks: through the gateway, with the provider, by its examples. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JobClient } from '../../worker/client';
import { Airflow, type DagRunEnd } from '../support/airflow';
import { type Serving, buildCli, startServing } from '../support/cli';
import { testAddress, testClient } from '../support/temporal';

const taskQueue = `airflow-${randomUUID().slice(0, 8)}`;
const examples = ['train_here', 'train_there'];
const dagIds = [...examples, 'inbound_second_try', 'inbound_unknown_job', 'inbound_waiting', 'inbound_round_trip'];

jest.setTimeout(240_000);

let airflow: Airflow;
let directory: string;
let gateway: Serving;
const serving: Serving[] = [];

beforeAll(async () => {
  await buildCli();
  directory = await mkdtemp(join(tmpdir(), 'wattbandit-inbound-'));
  const config = join(directory, 'worker.yaml');
  const hardware = { kind: 'simulated', gpu: 'v100', speed: 1e6 };
  await writeFile(config, JSON.stringify({ version: 1, taskQueue, hardware }));
  const env = { TEMPORAL_ADDRESS: testAddress() };
  serving.push(await startServing(['worker', 'start', '-c', config], env));
  gateway = await startServing(['gateway', 'start', '--port', '0', '--task-queue', taskQueue], env);
  serving.push(gateway);
  const connection = JSON.stringify({ conn_type: 'wattbandit', host: gateway.ready['url'] });
  airflow = await Airflow.start({ dagIds, env: { AIRFLOW_CONN_WATTBANDIT_DEFAULT: connection } });
}, 400_000);

afterAll(async () => {
  await airflow?.stop();
  for (const each of serving.toReversed()) await each.stop();
  await rm(directory, { recursive: true, force: true });
}, 90_000);

async function call(method: string, path: string, body?: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const sent = body === undefined ? {} : { headers, body: JSON.stringify(body) };
  const answer = await fetch(`${gateway.ready['url']}${path}`, { method, ...sent });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

const external = { kind: 'external', gpus: { model: 'A40', count: 1, powerLimitsWatts: [150, 200, 300] } };

async function createJob(job: string, more: object = {}): Promise<void> {
  const sizes = { batchSizes: [16, 32, 64], defaultBatchSize: 32 };
  const target = { metric: 'accuracy', value: 0.7 };
  await call('POST', '/v1/jobs', { version: 1, job, ...sizes, maxEpochs: 50, target, trainer: external, ...more });
}

const ledgerOf = async (job: string) => new JobClient(await testClient(), { taskQueue }).ledger(job);

const slotOf = ({ after }: DagRunEnd) => new Date(after).toISOString();

describe('a DAG that asks, trains and tells', () => {
  it('learns from each of its runs', async () => {
    await createJob('fraud', { objective: { eta: 0.3 } });
    const runs = [
      await airflow.runDag('train_here'),
      await airflow.runDag('train_here'),
      await airflow.runDag('train_here'),
    ];
    expect(runs.map(({ state }) => state)).toEqual(['success', 'success', 'success']);
    const results = (await Promise.all(runs.map((run) => airflow.xcom(run, 'train')))) as { batch_size: number }[];
    const { totals, slots } = await ledgerOf('fraud');
    // Airflow's own schedule may have begun a run of today beside them.
    expect(totals.counted).toBeGreaterThanOrEqual(3);
    expect(totals.quarantined).toBe(0);
    const told = runs.map((run) => slots.find(({ slot }) => Date.parse(slot) === Date.parse(slotOf(run)))?.attempts[0]);
    expect(told.map((run) => run?.decision.batchSize)).toEqual(results.map(({ batch_size: size }) => size));
    for (const run of told) {
      expect(run?.observation).toMatchObject({ outcome: 'converged', gpuModel: 'A40' });
      expect(run?.observation?.joules).toBeGreaterThan(100 * (run?.observation?.seconds ?? Infinity));
    }
  });

  it('tells what ended a try, and asks again for the next one', async () => {
    await createJob('second-try');
    const { state } = await airflow.runDag('inbound_second_try');
    expect(state).toBe('success');
    const { slots } = await ledgerOf('second-try');
    expect(slots.at(-1)?.attempts.map(({ observation }) => observation?.outcome)).toEqual(['outOfMemory', 'converged']);
  });

  it('fails at once where there is no such job', async () => {
    const { state } = await airflow.runDag('inbound_unknown_job');
    expect(state).toBe('failed');
  });
});

describe('a DAG that lets wattbandit train', () => {
  const simulated = {
    batchSizes: [128, 256, 512, 1024],
    defaultBatchSize: 1024,
    maxEpochs: 100,
    target: { metric: 'accuracy', value: 0.6 },
    trainer: { kind: 'simulated', dataset: 'cifar100' },
  };

  it.each([
    ['train_there', 'cifar100', 'train', 'in the triggerer'],
    ['inbound_waiting', 'simulated', 'fit', 'in its worker'],
  ])('%s waits for the recurrence of its slot', async (dag, job, task) => {
    await createJob(job, simulated);
    const run = await airflow.runDag(dag);
    expect(run.state).toBe('success');
    const observation = (await airflow.xcom(run, task)) as { slot: string; joules: number; outcome: string };
    expect(Date.parse(observation.slot)).toBe(Math.floor(Date.parse(slotOf(run)) / 1000) * 1000);
    expect(observation.outcome).toBe('converged');
    const { slots } = await ledgerOf(job);
    expect(slots.at(-1)?.attempts.at(-1)?.observation?.joules).toBe(observation.joules);
    if (dag === 'train_there') expect(await airflow.xcom(run, 'joules')).toBe(observation.joules);
  });
});

describe('the round trip', () => {
  it('is a figure: printed, not judged', async () => {
    await createJob('round-trip');
    const rounds: { readonly plainSeconds: number; readonly askingSeconds: number }[] = [];
    for (let n = 0; n < 5; n++) {
      const run = await airflow.runDag('inbound_round_trip');
      expect(run.state).toBe('success');
      const secondsUntil = async (task: string) => {
        const { start_date: at } = (await airflow.ask(`${run.path}/taskInstances/${task}`)) as { start_date: string };
        return Number(await airflow.xcom(run, task)) - Date.parse(at) / 1000;
      };
      rounds.push({ plainSeconds: await secondsUntil('plain'), askingSeconds: await secondsUntil('asking') });
    }
    const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
    const overheadSeconds = median(rounds.map(({ plainSeconds, askingSeconds }) => askingSeconds - plainSeconds));
    const askingSeconds = median(rounds.map((round) => round.askingSeconds));
    process.stdout.write(`${JSON.stringify({ figure: 'airflowRoundTrip', overheadSeconds, askingSeconds, rounds })}\n`);
  }, 180_000);
});
