/** Whole workers on hosts with GPUs, whose driver outlives them: where runs train, what limits hold, and what is left. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { auditOf } from '../../worker/audit/audit';
import { JobClient } from '../../worker/client';
import type { JobSpecInput } from '../../workflows/contracts';
import type { RecurrenceResult } from '../../workflows/messages';
import { buildCli } from '../support/cli';
import { GpuHost, type GpuHostOptions } from '../support/gpuHost';
import { jobSpec } from '../support/job';
import { testAddress, testClient } from '../support/temporal';

const paced = join(__dirname, '..', 'activities', 'trainers', 'paced.mjs');
const hour = (n: number) => new Date(Date.UTC(2021, 6, 1, n));

const hosts: GpuHost[] = [];
beforeAll(buildCli, 120_000);
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.remove()));
});

async function startHost(options: Pick<GpuHostOptions, 'name' | 'taskQueue'> & Partial<GpuHostOptions>) {
  const host = new GpuHost({ address: testAddress(), ...options });
  hosts.push(host);
  host.nvml.uuids.forEach((uuid, i) => host.nvml.setLimit(uuid, 240 - i));
  await host.start();
  return host;
}

/** The log is of the host that runs it: `$` stands for the worker's own directory. */
function pacedSpec(job: string, log: string, changes: Partial<JobSpecInput> = {}) {
  return jobSpec({
    job,
    batchSizes: [64],
    defaultBatchSize: 64,
    target: { metric: 'accuracy', value: 1 },
    trainer: { kind: 'process', command: [process.execPath, paced, log, '1000'], grace: '5s' },
    ...changes,
  });
}

async function until(what: () => boolean, ms = 30_000) {
  for (const end = Date.now() + ms; !what(); await sleep(50))
    if (Date.now() > end) throw new Error(`never: ${what.toString()}`);
}

const fresh = () => `gpus-${randomUUID().slice(0, 8)}`;

describe('a host with GPUs', () => {
  it('trains two jobs at once on two GPUs, a third when one is free, and puts every limit back', async () => {
    const taskQueue = fresh();
    const host = await startHost({ name: 'alpha', taskQueue, gpus: [{}, {}] });
    const client = await testClient();
    const jobs = new JobClient(client, { taskQueue });
    const specs = [0, 1, 2].map((n) => pacedSpec(`${taskQueue}-${n}`, host.logFile));
    const handles = await Promise.all(specs.map((spec) => jobs.startRecurrence(spec, hour(0))));
    const results: RecurrenceResult[] = await Promise.all(handles.map((handle) => handle.result()));
    expect(results.map(({ observation }) => observation.outcome)).toEqual(['converged', 'converged', 'converged']);
    for (const { observation } of results) expect(observation.joules).toBeGreaterThan(0);
    expect(host.limitsWatts).toEqual([240, 239]);
    expect(host.journals).toEqual([]);
    // On each GPU, one run ended before the next began.
    for (const uuid of host.nvml.uuids) {
      const here = host.log.filter(({ gpus }) => gpus === uuid).map(({ what }) => what);
      expect(here).toEqual(here.map((_, i) => (i % 2 === 0 ? 'begin' : 'end')));
    }
    expect(new Set(host.log.map(({ gpus }) => gpus)).size).toBe(2);
    await host.end();
  });

  it('holds one limit on all GPUs of a job', async () => {
    const taskQueue = fresh();
    const host = await startHost({ name: 'beta', taskQueue, gpus: [{}, {}] });
    const jobs = new JobClient(await testClient(), { taskQueue });
    const handle = await jobs.startRecurrence(pacedSpec(taskQueue, host.logFile, { gpus: { count: 2 } }), hour(0));
    const { observation }: RecurrenceResult = await handle.result();
    expect(observation.outcome).toBe('converged');
    const [a, b] = host.nvml.uuids.map((uuid) =>
      host.nvml.sets().flatMap((set) => (set.uuid === uuid ? [set.watts] : [])),
    );
    expect(a!.slice(0, -1)).toEqual(b!.slice(0, -1));
    expect(a!.length).toBeGreaterThan(2);
    expect(host.limitsWatts).toEqual([240, 239]);
    await host.end();
  });

  it('ends its training in good order when it is told to, and another start goes on with the run', async () => {
    const taskQueue = fresh();
    const host = await startHost({ name: 'gamma', taskQueue });
    const jobs = new JobClient(await testClient(), { taskQueue });
    const handle = await jobs.startRecurrence(pacedSpec(taskQueue, host.logFile), hour(0));
    await until(() => host.limitsWatts[0] !== 240);
    await host.end();
    expect(host.limitsWatts).toEqual([240]);
    expect(host.log.map(({ what }) => what)).toEqual(['begin', 'end']);
    await host.start();
    const { observation }: RecurrenceResult = await handle.result();
    expect(observation.outcome).toBe('converged');
    expect(host.limitsWatts).toEqual([240]);
    await host.end();
  });
});

describe('a job over two hosts', () => {
  async function twoHosts() {
    const taskQueue = fresh();
    const [first, second] = await Promise.all([
      startHost({ name: `${taskQueue}-a`, taskQueue }),
      startHost({ name: `${taskQueue}-b`, taskQueue }),
    ]);
    const jobs = new JobClient(await testClient(), { taskQueue });
    const spec = pacedSpec(taskQueue, join(first.directory, 'log.jsonl'), { gpus: { count: 1, hosts: 2 } });
    return { first, second, job: spec.job, handle: await jobs.startRecurrence(spec, hour(0)) };
  }

  it('holds the leader’s limits on both, counts the energy of both, and each puts its own back', async () => {
    const { first, second, job, handle } = await twoHosts();
    const { observation }: RecurrenceResult = await handle.result();
    expect(observation).toMatchObject({ outcome: 'converged' });
    expect(observation.detail).toBeUndefined();
    const ranks = first.log.filter(({ what }) => what === 'begin').map(({ rank }) => rank);
    expect(new Set(ranks)).toEqual(new Set(['0', '1']));
    const [a, b] = [first, second].map((host) => host.nvml.sets().map(({ watts }) => watts));
    expect(a!.length).toBeGreaterThan(2);
    expect(a).toEqual(b);
    expect([...first.limitsWatts, ...second.limitsWatts]).toEqual([240, 240]);
    expect([...first.journals, ...second.journals]).toEqual([]);
    const { entries } = await auditOf(await testClient(), job);
    const restored = entries.filter(({ kind }) => kind === 'restore');
    const lease = { priorWatts: 240, outcome: 'restored', watts: 240 };
    expect(restored.map(({ rank, leases }) => ({ rank, leases }))).toEqual([
      { rank: expect.any(Number), leases: [expect.objectContaining(lease)] },
      { rank: expect.any(Number), leases: [expect.objectContaining(lease)] },
    ]);
    expect(new Set(restored.map(({ rank }) => rank))).toEqual(new Set([0, 1]));
    // Idle stubs draw 40 W each.
    expect(observation.joules).toBeGreaterThan(1.7 * 40 * observation.seconds);
    expect(observation.joules).toBeLessThan(2.6 * 40 * observation.seconds);
  });

  it('ends on both when one of them dies, with every limit back', async () => {
    const { first, second, handle } = await twoHosts();
    // A limit is set before its training begins.
    await until(() => first.log.filter(({ what }) => what === 'begin').length > 1);
    expect(first.limitsWatts[0]).not.toBe(240);
    expect(second.limitsWatts[0]).not.toBe(240);
    await second.end('SIGKILL');
    const { observation }: RecurrenceResult = await handle.result();
    expect(observation.outcome).toBe('infrastructure');
    await until(() => second.limitsWatts[0] === 240);
    expect(first.limitsWatts).toEqual([240]);
    expect([...first.journals, ...second.journals]).toEqual([]);
    // What the dead worker left training ends with the next start.
    await second.start();
    const trained = first.log.filter(({ what }) => what === 'begin').map(({ pid }) => Number(pid));
    expect(trained.length).toBeGreaterThan(1);
    await until(() => trained.every((pid) => !isAlive(pid)));
    await second.end();
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
