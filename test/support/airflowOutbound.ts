/** An Airflow that trains for wattbandit: what the suites of its trainer ask of it and of a worker. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from '../../activities/training/airflow/run';
import { airflowServerSchema } from '../../activities/training/airflow/server';
import { createAirflowTrainer } from '../../activities/training/airflow/trainer';
import type { TrainingEvent, TrainingRun } from '../../activities/training/trainer';
import { JobClient } from '../../worker/client';
import type { JobSpec } from '../../workflows/contracts';
import { Airflow } from './airflow';
import type { AirflowMajor } from './airflowMajors';
import { buildCli } from './cli';
import { GpuHost } from './gpuHost';
import { jobSpec } from './job';
import { testAddress, testClient } from './temporal';

const dagIds = ['outbound', 'outbound_elsewhere', 'outbound_once', 'outbound_paused'];

export interface KnownRun {
  readonly dag_run_id: string;
  readonly state: string;
  readonly conf: Record<string, unknown>;
}

interface TrainerOptions {
  readonly place?: Place;
  readonly login?: object;
}

interface TrainOptions {
  readonly place?: Place;
  readonly gpuUuids?: readonly string[];
}

interface RecurrenceOptions {
  readonly hardware?: Record<string, unknown>;
  readonly section?: Record<string, unknown>;
  readonly changes?: object;
}

/** More than any accuracy. */
export const unreachable = { metric: 'accuracy', value: 2 };
const here: Place = { kind: 'here', hostnames: [hostname()] };

/** Airflow remembers runs by name: each test has a job of its own. */
export function specOf(section: Record<string, unknown> = {}, changes: object = {}): JobSpec {
  return jobSpec({
    job: `job-${randomUUID().slice(0, 8)}`,
    batchSizes: [10, 20, 40],
    defaultBatchSize: 20,
    target: unreachable,
    trainer: { kind: 'airflow', dag: 'outbound', poll: '100ms', grace: '20s', ...section },
    ...changes,
  });
}

/** The events until the one that was looked for, or the end. */
export async function until(run: TrainingRun, found: (event: TrainingEvent) => boolean): Promise<TrainingEvent[]> {
  const events: TrainingEvent[] = [];
  for (;;) {
    const event = await run.next();
    events.push(event);
    if (found(event) || event.kind === 'failed') return events;
  }
}

export const failed = async (run: TrainingRun) => (await until(run, ({ kind }) => kind === 'failed')).at(-1);

/** Open while the tests of the calling suite run. */
export function createOutbound(major: AirflowMajor, ...moreDagIds: readonly string[]): AirflowOutbound {
  const outbound = new AirflowOutbound(major, moreDagIds);
  beforeAll(async () => {
    await buildCli();
    await outbound.open();
  }, 400_000);
  afterEach(() => outbound.endRuns());
  afterAll(() => outbound.close(), 60_000);
  return outbound;
}

export class AirflowOutbound {
  private opened: Airflow | undefined;
  private readonly started: TrainingRun[] = [];
  private readonly hosts: GpuHost[] = [];

  constructor(
    readonly major: AirflowMajor,
    private readonly moreDagIds: readonly string[],
  ) {}

  get airflow(): Airflow {
    if (this.opened === undefined) throw new Error('not open yet');
    return this.opened;
  }

  async open(): Promise<void> {
    this.opened = await Airflow.start({ major: this.major, dagIds: [...dagIds, ...this.moreDagIds] });
  }

  async close(): Promise<void> {
    await this.opened?.stop();
  }

  async endRuns(): Promise<void> {
    await Promise.all(this.started.splice(0).map((run) => run.stop()));
    await Promise.all(this.hosts.splice(0).map((host) => host.remove()));
  }

  trainer({ place = here, login = this.airflow.login }: TrainerOptions = {}) {
    const server = airflowServerSchema.parse({ url: this.airflow.url, api: this.major.api, login });
    return createAirflowTrainer({ server, place });
  }

  async train(spec: JobSpec, { place = here, gpuUuids = ['GPU-0', 'GPU-1'] }: TrainOptions = {}): Promise<TrainingRun> {
    const run = await this.trainer({ place }).start({ id: 'slot/1', spec, batchSize: 20, gpuUuids });
    this.started.push(run);
    return run;
  }

  async runsOf({ job }: JobSpec, dag = 'outbound'): Promise<KnownRun[]> {
    const { dag_runs: runs } = (await this.airflow.ask(`/dags/${dag}/dagRuns?limit=100`)) as { dag_runs: KnownRun[] };
    return runs.filter(({ dag_run_id: id }) => id.includes(job));
  }

  async untilRunning(spec: JobSpec): Promise<void> {
    while (!(await this.runsOf(spec)).some(({ state }) => state === 'running')) await sleep(100);
  }

  /** A recurrence by a worker of the command line, with GPUs of its own unless `hardware` has a driver. */
  async begin({ hardware = {}, section = {}, changes = {} }: RecurrenceOptions) {
    const taskQueue = `airflow-${randomUUID().slice(0, 8)}`;
    const { url, login } = this.airflow;
    const trainer = { kind: 'airflow', url, api: this.major.api, login };
    const host = new GpuHost({
      address: testAddress(),
      name: taskQueue,
      taskQueue,
      hardware: { ...hardware, trainer },
    });
    this.hosts.push(host);
    host.nvml.uuids.forEach((uuid) => host.nvml.setLimit(uuid, 240));
    await host.start();
    const jobs = new JobClient(await testClient(), { taskQueue });
    const target = { metric: 'accuracy', value: 0.8 };
    const spec = { ...specOf(section, { target, ...changes }), heartbeatTimeout: 5 };
    return { host, jobs, spec, handle: await jobs.startRecurrence(spec, new Date(Date.UTC(2026, 6, 1))) };
  }
}
