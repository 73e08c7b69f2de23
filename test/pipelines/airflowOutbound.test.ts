import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSimulatedGpus } from '../../activities/gpu/simulated';
import type { Place } from '../../activities/training/airflow/run';
import { airflowServerSchema } from '../../activities/training/airflow/server';
import { createAirflowTrainer } from '../../activities/training/airflow/trainer';
import type { TrainingEvent, TrainingRun } from '../../activities/training/trainer';
import { JobClient } from '../../worker/client';
import type { JobSpec } from '../../workflows/contracts';
import type { RecurrenceResult } from '../../workflows/messages';
import { describeTrainer } from '../activities/trainerContract';
import { Airflow } from '../support/airflow';
import { buildCli } from '../support/cli';
import { GpuHost } from '../support/gpuHost';
import { jobSpec } from '../support/job';
import { testAddress, testClient } from '../support/temporal';

// Airflow takes long to begin a task on a busy machine.
jest.setTimeout(240_000);

let airflow: Airflow;
const started: TrainingRun[] = [];

beforeAll(async () => {
  airflow = await Airflow.start({
    dagIds: ['outbound', 'outbound_elsewhere', 'outbound_once', 'outbound_paused', 'train_here'],
  });
}, 300_000);
afterEach(() => Promise.all(started.splice(0).map((run) => run.stop())));
afterAll(() => airflow?.stop(), 60_000);

/** Airflow remembers runs by name: each test has a job of its own. */
function specOf(section: Record<string, unknown> = {}, changes: object = {}): JobSpec {
  return jobSpec({
    job: `job-${randomUUID().slice(0, 8)}`,
    batchSizes: [10, 20, 40],
    defaultBatchSize: 20,
    // More than any accuracy.
    target: { metric: 'accuracy', value: 2 },
    trainer: { kind: 'airflow', dag: 'outbound', poll: '100ms', grace: '20s', ...section },
    ...changes,
  });
}

const here: Place = { kind: 'here', hostnames: [hostname()] };

function trainerAt(place: Place = here, login: object = airflow.login) {
  const server = airflowServerSchema.parse({ url: airflow.url, login });
  return createAirflowTrainer({ server, place });
}

async function start(spec: JobSpec, { place = here, id = 'slot/1' } = {}): Promise<TrainingRun> {
  const run = await trainerAt(place).start({ id, spec, batchSize: 20, gpuUuids: ['GPU-0', 'GPU-1'] });
  started.push(run);
  return run;
}

async function until(run: TrainingRun, found: (event: TrainingEvent) => boolean): Promise<TrainingEvent[]> {
  const events: TrainingEvent[] = [];
  for (;;) {
    const event = await run.next();
    events.push(event);
    if (found(event) || event.kind === 'failed') return events;
  }
}

const failed = async (run: TrainingRun) => (await until(run, ({ kind }) => kind === 'failed')).at(-1);

interface KnownRun {
  readonly dag_run_id: string;
  readonly state: string;
  readonly conf: Record<string, unknown>;
}

async function runsOf({ job }: JobSpec, dag = 'outbound'): Promise<KnownRun[]> {
  const { dag_runs: runs } = (await airflow.ask(`/dags/${dag}/dagRuns?limit=100`)) as { dag_runs: KnownRun[] };
  return runs.filter(({ dag_run_id: id }) => id.includes(job));
}

describeTrainer('Airflow', async () => ({ trainer: trainerAt(), spec: specOf(), gpuUuids: ['GPU-0'] }));

describe('createAirflowTrainer', () => {
  it('tells the DAG run what was decided, and fills the names that its DAG has of its own', async () => {
    const spec = specOf({ conf: { lr: 0.1, size: '${batch_size}' } });
    const terms = { powerLimitWatts: 200, eta: 0.5, costCeilingJoules: null };
    const id = '2026-07-01T00:00:00.000Z/2';
    const run = await trainerAt().start({ id, spec, batchSize: 40, gpuUuids: ['GPU-0'], terms });
    await run.stop();
    const [known] = await runsOf(spec);
    expect(known?.dag_run_id).toBe(`wattbandit~${spec.job}~2026-07-01T00:00:00.000Z~2`);
    expect(known?.conf).toEqual({
      lr: 0.1,
      size: 40,
      wattbandit: {
        job: spec.job,
        run_id: id,
        recurrence: '2026-07-01T00:00:00.000Z',
        batch_size: 40,
        default_batch_size: 20,
        max_epochs: 100,
        target: { metric: 'accuracy', value: 2, direction: 'atLeast' },
        host: hostname(),
        gpu_uuids: ['GPU-0'],
        power_limit_watts: 200,
        eta: 0.5,
      },
    });
  });

  it('stops the DAG run, and starts another one when the same run is wanted again', async () => {
    const spec = specOf();
    const isOver = ({ state }: KnownRun) => state === 'failed' || state === 'success';
    await (await start(spec)).stop();
    expect((await runsOf(spec)).map(isOver)).toEqual([true]);
    const again = await start(spec);
    expect((await runsOf(spec)).map(isOver).toSorted((a, b) => Number(a) - Number(b))).toEqual([false, true]);
    await again.stop();
    expect((await runsOf(spec)).map(isOver)).toEqual([true, true]);
  });

  it('goes on with a run that was started before, from where it is now', async () => {
    const spec = specOf();
    await until(await start(spec), (event) => event.kind === 'epoch' && event.epoch === 2);
    const second = await start(spec);
    expect(await runsOf(spec)).toHaveLength(1);
    const [first, ...rest] = await until(second, (event) => event.kind === 'epoch' && event.epoch === 4);
    expect(first).toMatchObject({ kind: 'epoch', epoch: 2 });
    expect(second.resumedAtSeconds).toBeGreaterThanOrEqual(first!.atSeconds);
    expect(rest.flatMap((event) => (event.kind === 'epoch' ? [event.epoch] : []))).toEqual([3, 4]);
  });

  it('repeats all that a run elsewhere reported, whose energy lies in its reports', async () => {
    const spec = specOf({ dag: 'outbound_elsewhere' });
    let joules = 0;
    const place: Place = { kind: 'elsewhere', draw: (_, drawn) => void (joules += drawn) };
    await until(await start(spec, { place }), (event) => event.kind === 'epoch' && event.epoch === 2);
    joules = 0;
    const second = await start(spec, { place });
    const events = await until(second, (event) => event.kind === 'epoch' && event.epoch === 3);
    expect(second.resumedAtSeconds).toBeUndefined();
    expect(events.flatMap((event) => (event.kind === 'epoch' ? [event.epoch] : []))).toEqual([1, 2, 3]);
    expect(joules).toBeCloseTo(300 * events.at(-1)!.atSeconds, 6);
  });

  it('lets a run that reached its target finish in its own way', async () => {
    const spec = specOf({}, { target: { metric: 'accuracy', value: 0.7 } });
    const run = await start(spec);
    const last = (await until(run, (event) => event.kind === 'epoch' && event.metric >= 0.7)).at(-1);
    expect(last).toMatchObject({ kind: 'epoch', metric: expect.any(Number) });
    await run.stop();
    for (let tries = 0; tries < 100 && (await runsOf(spec))[0]?.state === 'running'; tries++) await sleep(200);
    expect(await runsOf(spec)).toMatchObject([{ state: 'success' }]);
    const [{ dag_run_id: id }] = (await runsOf(spec)) as [KnownRun];
    const entry = await airflow.ask(
      `/dags/outbound/dagRuns/${encodeURIComponent(id)}/taskInstances/publish/xcomEntries/return_value`,
    );
    expect(entry).toMatchObject({ value: 'published' });
  });

  it('passes on what a task elsewhere drew, and no more', async () => {
    const gpus = createSimulatedGpus({ model: 'A100', count: 2, powerLimitsWatts: [300] });
    const uuids = (await gpus.list()).map(({ uuid }) => uuid);
    const place: Place = { kind: 'elsewhere', draw: (uuid, joules) => gpus.draw(uuid, joules) };
    const spec = specOf({ dag: 'outbound_elsewhere' });
    const run = await trainerAt(place).start({ id: 'slot/1', spec, batchSize: 20, gpuUuids: uuids });
    started.push(run);
    expect(run.beganAtSeconds).toBeUndefined();
    for (const epoch of [1, 2]) {
      const { atSeconds } = (await until(run, (event) => event.kind === 'epoch' && event.epoch === epoch)).at(-1)!;
      const drawn = await Promise.all(uuids.map((uuid) => gpus.energyJoules(uuid)));
      expect(drawn[0]).toBeCloseTo((300 * atSeconds) / 2, 6);
      expect(drawn[1]).toBeCloseTo((300 * atSeconds) / 2, 6);
    }
  });

  it('takes a result that is told once, as what the task returns', async () => {
    let joules = 0;
    const place: Place = { kind: 'elsewhere', draw: (_, drawn) => void (joules += drawn) };
    const target = { metric: 'accuracy', value: 0.7 };
    const spec = specOf({ dag: 'outbound_once', task: 'fit', report: 'return_value' }, { target });
    const events = await until(await start(spec, { place }), ({ kind }) => kind === 'epoch');
    expect(events.at(-1)).toMatchObject({ kind: 'epoch', metric: expect.any(Number) });
    expect(joules).toBeCloseTo(1234.5, 6);
  });

  it('refuses a task on another host, whose joules are not those of the GPUs held', async () => {
    const failure = await failed(await start(specOf(), { place: { kind: 'here', hostnames: ['gpu-7'] } }));
    expect(failure).toMatchObject({ failure: 'infrastructure', detail: expect.stringContaining(hostname()) });
    expect(failure).toMatchObject({ detail: expect.stringContaining('gpu-7') });
  });

  it('refuses a task elsewhere that does not say what it drew', async () => {
    const failure = await failed(await start(specOf(), { place: { kind: 'elsewhere', draw: () => {} } }));
    expect(failure).toMatchObject({ failure: 'infrastructure', detail: expect.stringContaining('joules') });
  });

  it.each([
    ['crashes', 'infrastructure', /ended as failed in Airflow/],
    ['mute', 'infrastructure', /without a report/],
    ['outOfMemory', 'outOfMemory', /no room for the batch/],
  ])('tells how a task ended that %s', async (behaviour, failure, detail) => {
    const event = await failed(await start(specOf({ conf: { behaviour } })));
    expect(event).toMatchObject({ kind: 'failed', failure, detail: expect.stringMatching(detail) });
  });

  it('has diverged when its task is content without the target', async () => {
    expect(await failed(await start(specOf({}, { maxEpochs: 1 })))).toMatchObject({ failure: 'diverged' });
  });

  it('refuses a paused DAG, and says what to do; unpauses it if it may', async () => {
    const spec = specOf({ dag: 'outbound_paused' });
    await expect(start(spec)).rejects.toThrow(/outbound_paused is paused.*trainer.unpause: true/);
    await expect(start(spec)).rejects.toMatchObject({ nonRetryable: true, type: 'InvalidRequest' });
    const run = await start({ ...spec, trainer: { ...spec.trainer, unpause: true } });
    expect(await run.next()).toMatchObject({ kind: 'progress' });
  });

  it.each([
    [{ dag: 'no_such_dag' }, /no_such_dag/],
    [{ dags: 'x' }, /dags/],
    [{ conf: { size: '${batchSize}' } }, /batchSize.*batch_size/],
    [{ poll: '1ms' }, /trainer.poll/],
  ])('refuses %j for good', async (section, message) => {
    const refused = start(specOf(section));
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toMatchObject({ nonRetryable: true, type: 'InvalidRequest' });
  });

  it('refuses what Airflow does not believe, without telling the secret', async () => {
    process.env['WATTBANDIT_TEST_PASSWORD'] = 'wrong-password';
    const login = { username: 'admin', password: { env: 'WATTBANDIT_TEST_PASSWORD' } };
    const refused = trainerAt(here, login).start({ id: 'a', spec: specOf(), batchSize: 20, gpuUuids: [] });
    const error = await refused.catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      nonRetryable: true,
      type: 'UnsuitableHost',
      message: expect.stringContaining('401'),
    });
    expect(JSON.stringify(error) + String(error)).not.toContain('wrong-password');
  });
});

/** Whole: a worker of the command line, its GPUs, Temporal, Airflow. */
describe('a recurrence that Airflow trains', () => {
  const hosts: GpuHost[] = [];
  afterEach(() => Promise.all(hosts.splice(0).map((host) => host.remove())));
  beforeAll(buildCli, 120_000);

  async function begin(hardware: Record<string, unknown>, section: Record<string, unknown> = {}, changes: object = {}) {
    const taskQueue = `airflow-${randomUUID().slice(0, 8)}`;
    const trainer = { kind: 'airflow', url: airflow.url, login: airflow.login };
    const host = new GpuHost({
      address: testAddress(),
      name: taskQueue,
      taskQueue,
      hardware: { ...hardware, trainer },
    });
    hosts.push(host);
    host.nvml.uuids.forEach((uuid) => host.nvml.setLimit(uuid, 240));
    await host.start();
    const jobs = new JobClient(await testClient(), { taskQueue });
    const target = { metric: 'accuracy', value: 0.8 };
    const spec = { ...specOf(section, { target, ...changes }), heartbeatTimeout: 5 };
    return { host, jobs, spec, handle: await jobs.startRecurrence(spec, new Date(Date.UTC(2026, 6, 1))) };
  }

  const endless = { target: { metric: 'accuracy', value: 2 } };
  const untilRunning = async (spec: JobSpec) => {
    const trains = async () => (await runsOf(spec)).some(({ state }) => state === 'running');
    while (!(await trains())) await sleep(100);
  };

  it('here: under the limits of this host, whose GPUs are measured', async () => {
    const { host, spec, handle } = await begin({}, {}, { ...endless, maxEpochs: 15, attempts: 1 });
    const { observation }: RecurrenceResult = await handle.result();
    expect(observation).toMatchObject({ outcome: 'diverged', reachedEpochLimit: true, batchSize: 20, epochs: 15 });
    expect(observation.joules).toBeGreaterThan(30 * observation.seconds);
    expect(host.nvml.sets().length).toBeGreaterThan(1);
    expect(observation.leases).toMatchObject([{ outcome: 'restored' }]);
    const [known] = await runsOf(spec);
    expect(known?.conf['wattbandit']).toMatchObject({ batch_size: 20, gpu_uuids: host.nvml.uuids, eta: 0.5 });
  });

  it('elsewhere: with what its task says it drew', async () => {
    const driver = { kind: 'elsewhere', model: 'A100', powerLimitWatts: 300 };
    const { handle } = await begin({ driver }, { dag: 'outbound_elsewhere' });
    const { observation }: RecurrenceResult = await handle.result();
    expect(observation).toMatchObject({ outcome: 'converged', gpuModel: 'A100', powerLimitWatts: 300 });
    expect(observation.joules).toBeCloseTo(300 * observation.seconds, 3);
  });

  it('by a DAG that asks by itself otherwise', async () => {
    const { handle, jobs } = await begin(
      {},
      { dag: 'train_here' },
      { job: 'fraud', target: { metric: 'accuracy', value: 0.7 } },
    );
    const { observation }: RecurrenceResult = await handle.result();
    expect(observation).toMatchObject({ outcome: 'converged', batchSize: 20 });
    expect(observation.epochs).toBeGreaterThan(1);
    // Its later tasks may run still.
    const runs = () => runsOf({ ...specOf(), job: 'fraud' }, 'train_here');
    while ((await runs()).some(({ state }) => state === 'running')) await sleep(200);
    expect(await runs()).toMatchObject([{ state: 'success' }]);
    await jobs.delete('fraud');
  });

  it('once, also when the worker that started it is killed', async () => {
    const { host, spec, handle } = await begin({}, {}, endless);
    await untilRunning(spec);
    await sleep(2500);
    await host.end('SIGKILL');
    await host.start();
    while ((await handle.describe()).raw.pendingActivities?.[0]?.attempt !== 2) await sleep(200);
    await sleep(2500);
    expect(await runsOf(spec)).toMatchObject([{ state: 'running' }]);
    await handle.cancel();
    await expect(handle.result()).rejects.toThrow();
    expect(await runsOf(spec)).toMatchObject([{ state: 'failed' }]);
    expect(host.limitsWatts).toEqual([240]);
  });

  it('until it is cancelled', async () => {
    const { spec, handle } = await begin({}, {}, endless);
    await untilRunning(spec);
    await handle.cancel();
    await expect(handle.result()).rejects.toThrow();
    expect(await runsOf(spec)).toMatchObject([{ state: 'failed' }]);
  });
});
