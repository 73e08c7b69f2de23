/** Whole workers that are told to stop in the middle of a run: what they wait for, what they leave, and who goes on with it. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { JobClient } from '../../worker/client';
import { WattbanditPlugin } from '../../worker/plugin';
import type { RecurrenceResult } from '../../workflows/messages';
import { buildCli } from '../support/cli';
import { GpuHost, type GpuHostOptions } from '../support/gpuHost';
import { jobSpec } from '../support/job';
import { makeCurrent, until, versionOfRun } from '../support/roll';
import { testAddress, testClient, testWorker } from '../support/temporal';

const gated = join(__dirname, '..', 'activities', 'trainers', 'gated.mjs');
const hour = (n: number) => new Date(Date.UTC(2021, 6, 1, n));
const untouchedWatts = 240;

const hosts: GpuHost[] = [];
beforeAll(buildCli, 120_000);
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.remove()));
});

/** A host, and a job that trains on it until `open` is called. */
function newHost(options: Partial<GpuHostOptions> = {}) {
  const taskQueue = `stop-${randomUUID().slice(0, 8)}`;
  const host = new GpuHost({ name: taskQueue, address: testAddress(), taskQueue, ...options });
  hosts.push(host);
  host.nvml.uuids.forEach((uuid) => host.nvml.setLimit(uuid, untouchedWatts));
  const gate = join(host.directory, 'gate');
  const spec = jobSpec({
    job: taskQueue,
    batchSizes: [64],
    defaultBatchSize: 64,
    target: { metric: 'accuracy', value: 1 },
    trainer: { kind: 'process', command: [process.execPath, gated, host.logFile, gate], grace: '5s' },
  });
  return { host, taskQueue, spec, open: () => writeFileSync(gate, '') };
}

const whatHappened = (host: GpuHost) => host.log.map(({ what }) => what);

describe('a worker that is told to stop', () => {
  it('lets its run end within the grace, claims nothing more, and leaves the rest to the next one', async () => {
    const { host, taskQueue, spec, open } = newHost({ gpus: [{}, {}], config: { shutdownGraceSeconds: 600 } });
    await host.start();
    const jobs = new JobClient(await testClient(), { taskQueue });
    const under = await jobs.startRecurrence(spec, hour(0));
    await until(() => host.limitsWatts.some((watts) => watts !== untouchedWatts));
    await until(() => whatHappened(host).includes('begin'));
    host.tell('SIGTERM');
    // One GPU is free, but this host gives no more.
    const later = await jobs.startRecurrence(spec, hour(1));
    await until(async () =>
      ((await later.describe()).raw.pendingActivities ?? []).some(({ attempt }) => (attempt ?? 1) > 1),
    );
    expect(host.hasEnded).toBe(false);
    open();
    await until(() => host.hasEnded);
    expect(host.exitCode).toBe(0);
    expect(whatHappened(host)).toEqual(['begin', 'end']);
    expect(host.limitsWatts).toEqual([untouchedWatts, untouchedWatts]);
    expect(host.journals).toEqual([]);

    await host.start();
    const results: RecurrenceResult[] = await Promise.all([under.result(), later.result()]);
    expect(results[0]!.observation).toMatchObject({ outcome: 'converged', attempt: 1 });
    const { slots } = await jobs.ledger(spec.job);
    expect(slots[0]!.attempts).toHaveLength(1);
    await host.end();
  });

  it('told a second time ends its run at once, puts the limit back, and the run goes on in the next version', async () => {
    const { host, taskQueue, spec, open } = newHost({ config: { shutdownGraceSeconds: 600 } });
    const version = (buildId: string) => ['--deployment', taskQueue, '--build-id', buildId];
    // Another computer of the old version: it has no GPUs, but serves its workflows.
    const workerDeploymentOptions = {
      useWorkerVersioning: true,
      version: { deploymentName: taskQueue, buildId: '1.0' },
      defaultVersioningBehavior: 'PINNED',
    } as const;
    const plugins = [new WattbanditPlugin()];
    const workflowsPath = require.resolve('../../workflows');
    await testWorker({ taskQueue, plugins, workflowsPath, workerDeploymentOptions }, async ({ client }) => {
      await host.start(...version('1.0'));
      await makeCurrent({ deploymentName: taskQueue, buildId: '1.0' });
      const jobs = new JobClient(client, { taskQueue });
      const under = await jobs.startRecurrence(spec, hour(0));
      await until(() => host.limitsWatts[0] !== untouchedWatts && whatHappened(host).includes('begin'));
      host.tell('SIGTERM');
      // Two signals that are still on their way are one.
      await until(() => host.saidLater.includes('Stopping'));
      host.tell('SIGTERM');
      await until(() => host.hasEnded);
      expect(host.exitCode).toBe(0);
      expect(whatHappened(host)).toEqual(['begin', 'end']);
      expect(host.limitsWatts).toEqual([untouchedWatts]);

      await host.start(...version('2.0'));
      await makeCurrent({ deploymentName: taskQueue, buildId: '2.0' });
      open();
      const { observation }: RecurrenceResult = await under.result();
      expect(observation).toMatchObject({ outcome: 'converged', attempt: 1 });
      expect(await versionOfRun(under)).toMatchObject({ buildId: '1.0' });
      expect(whatHappened(host)).toEqual(['begin', 'end', 'begin', 'end']);
      expect(host.limitsWatts).toEqual([untouchedWatts]);
      const { totals, slots } = await jobs.ledger(spec.job);
      expect(totals).toMatchObject({ decisions: 1, told: 1, counted: 1, quarantined: 0 });
      expect(slots.map(({ state }) => state.kind)).toEqual(['ran']);
      await host.end();
    });
  });
});
