/** Whole recurrences in Kubernetes: limits, energy and pods, through cancellation and the death of a worker. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { holdInMemory } from '../../activities/gpu/hold';
import { createSimulatedGpus } from '../../activities/gpu/simulated';
import { annotations } from '../../activities/training/kubernetes/manifest';
import { JobClient } from '../../worker/client';
import { type RecurrenceResult } from '../../workflows/messages';
import { onBench } from '../support/bench';
import { testAddress, testBundle, testClient } from '../support/temporal';
import { type TestCluster, kubernetesSpec, kubernetesTrainer, namespace, startCluster } from './kubernetesBench';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startCluster(process.env['KUBERNETES_PROGRAMS']!);
}, 120_000);
afterAll(() => cluster?.stop());

const workers: ChildProcess[] = [];
afterAll(() => workers.forEach((worker) => worker.kill('SIGKILL')));

const slot = new Date(Date.UTC(2021, 6, 1));
const batchSizes = { batchSizes: [16, 32, 64], defaultBatchSize: 32 };
const spec = (job: string, epochs: number) => ({
  ...kubernetesSpec('heard'),
  ...batchSizes,
  job,
  target: { metric: 'accuracy', value: epochs / 1000, direction: 'atLeast' as const },
  maxEpochs: 1000,
  heartbeatTimeout: 5,
});
const jobs = async () => (await cluster.batch.listNamespacedJob({ namespace })).items;
const jobOf = async (job: string) =>
  (await jobs()).find(({ metadata }) => metadata?.annotations?.[annotations.run]?.startsWith(`${job}/`));

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(50);
  }
}

describe('a recurrence in Kubernetes', () => {
  const hardware = async () => {
    const gpus = createSimulatedGpus({ model: 'v100', count: 1, powerLimitsWatts: [100, 250], drawWatts: 200 });
    return { gpus, trainer: await kubernetesTrainer(cluster, { gpus }), holder: holdInMemory(gpus), host: 'node-a' };
  };

  it('profiles, converges, and leaves neither pods nor limits behind', async () => {
    const parts = await hardware();
    const uuid = 'SIM-v100-0';
    await onBench(parts, async ({ jobs: client, job }) => {
      const result: RecurrenceResult = await (await client.startRecurrence(spec(job, 50), slot)).result();
      expect(result.observation).toMatchObject({ outcome: 'converged', epochs: 50, batchSize: 32 });
      const { joules, seconds, measurements } = result.observation;
      expect(joules).toBeGreaterThan(0);
      expect(joules).toBeLessThanOrEqual(200 * seconds * 1.5);
      expect(measurements.map(({ powerLimitWatts }) => powerLimitWatts)).toEqual(expect.arrayContaining([100, 250]));
    });
    expect(await jobs()).toEqual([]);
    expect(await parts.gpus.powerLimitWatts(uuid)).toBe(250);
  });

  it('is ended with its Job when somebody cancels it', async () => {
    const parts = await hardware();
    const uuid = 'SIM-v100-0';
    await onBench(parts, async ({ jobs: client, job, client: temporal }) => {
      const handle = await client.startRecurrence(spec(job, 1000), slot);
      await until(async () => (await jobOf(job))?.metadata?.annotations?.[annotations.began]);
      await temporal.workflow.getHandle(handle.workflowId).cancel();
      await expect(handle.result()).rejects.toThrow();
    });
    expect(await jobs()).toEqual([]);
    expect(await parts.gpus.powerLimitWatts(uuid)).toBe(250);
  });
});

describe('a worker that is killed while it trains in Kubernetes', () => {
  async function startWorker(taskQueue: string): Promise<ChildProcess> {
    const support = resolve(__dirname, '../support');
    const script = ['--require', `${support}/register.js`, `${support}/kubernetes/mortalWorker.ts`];
    const args = [...script, testAddress(), taskQueue, testBundle().codePath, cluster.controlPlane.workerKubeconfig];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    workers.push(child);
    await once(child.stdout, 'data');
    return child;
  }

  it('loses nothing: the next one takes the run over, and counts all that it drew', async () => {
    const job = `mortal-${randomUUID().slice(0, 8)}`;
    const client = new JobClient(await testClient(), { taskQueue: job });
    const first = await startWorker(job);
    const handle = await client.startRecurrence(spec(job, 1000), slot);
    const uid = await until(async () => {
      const metadata = (await jobOf(job))?.metadata;
      return metadata?.annotations?.[annotations.began] === undefined ? undefined : metadata.uid;
    });
    const gone = once(first, 'exit');
    first.kill('SIGKILL');
    await gone;
    await startWorker(job);
    const again = await until(async () => {
      const { uid: now, annotations: all } = (await jobOf(job))?.metadata ?? {};
      return now === uid && all?.[annotations.holder] !== undefined ? now : undefined;
    });
    expect(again).toBe(uid);
    const { observation }: RecurrenceResult = await handle.result();
    expect(observation).toMatchObject({ outcome: 'converged', epochs: 1000 });
    // The GPU draws 100 W all the time: had the time before the kill been lost, or counted twice, they would not fit.
    expect(observation.joules / observation.seconds / 100).toBeCloseTo(1, 1);
    expect(await jobs()).toEqual([]);
  });
});
