/** Kubernetes for real: API server, controllers and scheduler. Only the containers are processes of this machine. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TrainingRun } from '../../activities/training/trainer';
import { annotations } from '../../activities/training/kubernetes/manifest';
import { failureOf } from '../activities/processBench';
import { describeTrainer } from '../activities/trainerContract';
import {
  type TestCluster,
  clusterAsWorker,
  kubernetesSpec,
  kubernetesTrainer,
  manifestsIn,
  namespace,
  node,
  podSpec,
  simulatedGpus,
  startCluster,
} from './kubernetesBench';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startCluster(process.env['KUBERNETES_PROGRAMS']!);
}, 120_000);
afterAll(() => cluster?.stop());

const gpuUuid = 'SIM-v100-0';
const gpuUuids = [gpuUuid];
const started: TrainingRun[] = [];
afterEach(() => Promise.all(started.splice(0).map((run) => run.stop())));

const start = async (id: string, spec = kubernetesSpec('heard'), parts = {}) => {
  const run = await (await kubernetesTrainer(cluster, parts)).start({ id, spec, batchSize: 32, gpuUuids });
  started.push(run);
  return run;
};
const jobs = async () => (await cluster.batch.listNamespacedJob({ namespace })).items;
const jobOf = async (id: string) =>
  (await jobs()).find(({ metadata }) => metadata?.annotations?.[annotations.run] === `cifar100/${id}`);
const podsNow = async () => (await cluster.core.listNamespacedPod({ namespace })).items;

async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await sleep(100);
  }
}

async function epochOf(run: TrainingRun, least = 1) {
  for (;;) {
    const event = await run.next();
    if (event.kind === 'failed') throw new Error(event.detail);
    if (event.kind === 'epoch' && event.epoch >= least) return event;
  }
}

describeTrainer('a Job in Kubernetes', async () => ({
  trainer: await kubernetesTrainer(cluster),
  spec: kubernetesSpec('heard'),
  gpuUuids,
}));

describe('examples/kubernetes', () => {
  it('has a DaemonSet, and rights for it, that the API server takes', async () => {
    const kinds = manifestsIn('examples/kubernetes/worker.yaml').map(({ kind }) => kind);
    expect(kinds).toEqual([
      'Namespace',
      'Namespace',
      'ServiceAccount',
      'Role',
      'RoleBinding',
      'ConfigMap',
      'DaemonSet',
    ]);
    const daemonSet = manifestsIn('examples/kubernetes/worker.yaml').at(-1)!;
    const misspelt = { ...daemonSet, metadata: { name: 'other', namespace: 'wattbandit' }, spek: {} };
    await expect(cluster.controlPlane.create(misspelt)).rejects.toThrow('spek');
  });
});

describe('a cluster without Kubeflow', () => {
  it('refuses a TrainJob for good', async () => {
    const template = {
      apiVersion: 'trainer.kubeflow.org/v1alpha1',
      kind: 'TrainJob',
      spec: { runtimeRef: { name: 'x' } },
    };
    await expect(start('uninstalled/1', kubernetesSpec('heard', { template }))).rejects.toThrow(/install TrainJob/);
  });
});

describe('a TrainJob', () => {
  const template = (spec: Record<string, unknown>) => ({
    apiVersion: 'trainer.kubeflow.org/v1alpha1',
    kind: 'TrainJob',
    spec: { runtimeRef: { name: 'single-gpu' }, ...spec },
  });
  beforeAll(async () => {
    const [definition] = manifestsIn(join(process.env['KUBERNETES_PROGRAMS']!, 'trainJobs.yaml'));
    await cluster.controlPlane.create(definition!);
    // The definition is served a moment after it was taken.
    await until(async () => (await trainJobs().catch(() => undefined)) !== undefined);
  });
  const trainJobs = async () =>
    (await cluster.custom.listNamespacedCustomObject({ ...kind, namespace })).items as TrainJob[];

  it('is created, followed in the pod of its JobSet, and deleted', async () => {
    const image = { trainer: { image: 'zoo', command: podSpec('heard').containers[0]!.command } };
    const run = await start('trainJob/1', kubernetesSpec('heard', { template: template(image) }));
    const [made] = await trainJobs();
    expect(made!.spec.podSpecOverrides).toEqual([
      { targetJobs: [{ name: 'node' }], nodeSelector: { 'kubernetes.io/hostname': node } },
    ]);
    await playTrainer(made!);
    await epochOf(run);
    const [pod] = await podsNow();
    expect(pod!.spec!.nodeName).toBe(node);
    await cluster.core.deleteNamespacedPod({ name: pod!.metadata!.name!, namespace });
    await run.stop();
    expect(await trainJobs()).toEqual([]);
  });

  it('is refused for good by the definition of TrainJobs', async () => {
    const refused = start(
      'trainJob/2',
      kubernetesSpec('heard', { template: template({ trainer: { imagge: 'zoo' } }) }),
    );
    await expect(refused).rejects.toThrow(/imagge.*mend the template/);
    await expect(refused).rejects.toMatchObject({ nonRetryable: true });
  });
});

const kind = { group: 'trainer.kubeflow.org', version: 'v1alpha1', plural: 'trainjobs' };

interface TrainJob {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly trainer: {
      readonly image: string;
      readonly command: string[];
      readonly env: { name: string; value: string }[];
    };
    readonly podSpecOverrides: readonly { readonly nodeSelector: Record<string, string> }[];
  };
}

/** What Kubeflow's controllers would do: a JobSet of the same name, a Job of its step `node`, a pod. */
async function playTrainer({ metadata: { name }, spec }: TrainJob): Promise<void> {
  const labels = { 'jobset.sigs.k8s.io/jobset-name': name, 'jobset.sigs.k8s.io/replicatedjob-name': 'node' };
  const { image, command, env } = spec.trainer;
  const { nodeSelector } = spec.podSpecOverrides[0]!;
  const pod = { nodeSelector, restartPolicy: 'Never', containers: [{ name: 'node', image, command, env }] };
  await cluster.core.createNamespacedPod({
    namespace,
    body: { metadata: { name: `${name}-node-0-0`, labels }, spec: pod },
  });
}

describe('createKubernetesTrainer', () => {
  it('trains on the node and the GPUs that were claimed, and says there what was decided', async () => {
    const run = await start('placed/1');
    await epochOf(run);
    const job = await jobOf('placed/1');
    const [pod] = await podsNow();
    expect(pod!.spec!.nodeName).toBe(node);
    const env = Object.fromEntries(pod!.spec!.containers[0]!.env!.map(({ name, value }) => [name, value]));
    expect(env).toMatchObject({
      WATTBANDIT_BATCH_SIZE: '32',
      WATTBANDIT_GPU_UUIDS: gpuUuid,
      NVIDIA_VISIBLE_DEVICES: gpuUuid,
      CUDA_VISIBLE_DEVICES: gpuUuid,
      WATTBANDIT_REPORT_FD: '1',
      WATTBANDIT_TERMINATION_LOG: '/dev/termination-log',
    });
    for (const { metadata } of [job!, pod!])
      expect(JSON.parse(metadata!.annotations![annotations.decision]!)).toMatchObject({ batchSize: 32, gpuUuids });
    await run.stop();
    expect(await jobOf('placed/1')).toBeUndefined();
    expect(await podsNow()).toEqual([]);
  });

  it('takes over the run of a worker that died, with all that it drew, and trains once', async () => {
    const gpus = simulatedGpus();
    const first = await start('adopted/1', undefined, { gpus });
    await epochOf(first, 2);
    const { uid } = (await jobOf('adopted/1'))!.metadata!;
    gpus.draw(gpuUuid, 500);
    const second = await start('adopted/1', undefined, { gpus });
    gpus.draw(gpuUuid, 100);
    expect(second.outset!.epochs).toBeGreaterThanOrEqual(2);
    expect(second.outset!.joules).toBe(500);
    expect(second.outset!.seconds).toBeGreaterThan(0);
    expect((await epochOf(second, 5)).epoch).toBeGreaterThanOrEqual(5);
    expect((await jobOf('adopted/1'))!.metadata!.uid).toBe(uid);
    // The first one, cut off and back again, must not end what is no longer its own.
    await first.stop();
    expect((await jobOf('adopted/1'))!.metadata!.uid).toBe(uid);
    await second.stop();
    expect(await jobOf('adopted/1')).toBeUndefined();
  });

  it('starts anew where nobody can say any more what the run drew', async () => {
    const gpus = simulatedGpus();
    gpus.draw(gpuUuid, 1000);
    await epochOf(await start('anew/1', undefined, { gpus }));
    const { uid } = (await jobOf('anew/1'))!.metadata!;
    // Its driver was loaded anew: the counter stands at nothing.
    const second = await start('anew/1', undefined, { gpus: simulatedGpus() });
    await epochOf(second);
    expect((await jobOf('anew/1'))!.metadata!.uid).not.toBe(uid);
    expect(second.outset!.epochs).toBe(0);
  });

  it('does not count what the GPUs drew while the pod was waited for', async () => {
    const gpus = simulatedGpus();
    const run = await start('idle/1', undefined, { gpus });
    gpus.draw(gpuUuid, 70);
    await epochOf(run);
    expect(run.outset).toEqual({ epochs: 0, seconds: 0, joules: -70 });
  });

  it('fails a run whose pod sees other GPUs than those that were claimed', async () => {
    const failure = await failureOf(await start('wrong/1', kubernetesSpec('wrongGpus')));
    expect(failure).toMatchObject({ failure: 'infrastructure' });
    expect(failure.detail).toMatch(/it sees GPUs GPU-of-somebody-else, but SIM-v100-0 were claimed/);
  });

  it('gives whole nodes by the device plugin, and refuses a part of one', async () => {
    const placement = { gpus: 'wholeNode' } as const;
    await expect(start('part/1', undefined, { placement })).rejects.toThrow(/on 1 of 2 GPUs.*gpus.count to 2/);
    const trainer = await kubernetesTrainer(cluster, { placement });
    const all = (await simulatedGpus().list()).map(({ uuid }) => uuid);
    const run = await trainer.start({ id: 'whole/1', spec: kubernetesSpec('heard'), batchSize: 32, gpuUuids: all });
    started.push(run);
    await epochOf(run);
    const [pod] = await podsNow();
    expect(pod!.spec!.containers[0]!.resources!.limits).toEqual({ 'nvidia.com/gpu': '2' });
  });

  it.each([
    ['content', { failure: 'diverged', detail: /after epoch 2/ }],
    ['exit1', { failure: 'infrastructure', detail: /exited with code 1; it said last: .*the data set is empty/ }],
    ['outOfMemory-torch', { failure: 'outOfMemory', detail: /CUDA out of memory/ }],
    ['code137', { failure: 'preempted', detail: /SIGKILL/ }],
    ['lastWill', { failure: 'diverged', detail: /after epoch 7/ }],
  ])('says how a trainer ended: %s', async (animal, { failure, detail }) => {
    const failed = await failureOf(await start(`${animal}/1`, kubernetesSpec(animal)));
    expect(failed).toMatchObject({ failure });
    expect(failed.detail).toMatch(detail);
  });

  it('reads the last epoch from the termination log', async () => {
    const { events } = await failureOf(await start('will/1', kubernetesSpec('lastWill')));
    expect(events).toContainEqual(expect.objectContaining({ kind: 'epoch', epoch: 7, metric: 0.5 }));
  });

  it('says why a pod does not start', async () => {
    const spec = kubernetesSpec('heard', { startWithin: 1 }, { image: 'missing' });
    expect((await failureOf(await start('image/1', spec))).detail).toMatch(/does not start: ImagePullBackOff.*missing/);
    const elsewhere = { placement: { node: 'node-z' } };
    const unplaced = await failureOf(await start('node/1', kubernetesSpec('heard', { startWithin: 1 }), elsewhere));
    expect(unplaced.detail).toMatch(/does not start: Unschedulable/);
  });

  it('calls a run preempted whose Job somebody deleted', async () => {
    const run = await start('gone/1');
    await epochOf(run);
    const { name } = (await jobOf('gone/1'))!.metadata!;
    await cluster.batch.deleteNamespacedJob({ name: name!, namespace, propagationPolicy: 'Background' });
    expect(await failureOf(run)).toMatchObject({ failure: 'preempted' });
  });

  it.each([
    [{ spec: { template: { spec: { ...podSpec('heard'), contaners: [] } } } }, /contaners.*mend the template/],
    [
      {
        spec: { template: { spec: podSpec('heard', { image: undefined, resources: { requests: { cpu: 'much' } } }) } },
      },
      /quantities must match/,
    ],
  ])('refuses for good what the API server refuses: %#', async (part, message) => {
    const template = { apiVersion: 'batch/v1', kind: 'Job', ...part };
    const refused = start('refused/1', kubernetesSpec('heard', { template }));
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toMatchObject({ nonRetryable: true, type: 'InvalidRequest' });
  });

  it('deletes a Job as it was looked at, or as it is by then, or finds it gone', async () => {
    await epochOf(await start('changed/1'));
    const { metadata } = (await jobOf('changed/1'))!;
    const named = { name: metadata!.name!, labels: {}, annotations: {} };
    const manifest = { apiVersion: 'batch/v1', kind: 'Job', metadata: named, spec: {} } as const;
    const asWorker = await clusterAsWorker(cluster);
    const before = (await asWorker.read(manifest))!;
    expect(await asWorker.annotate(manifest, before, { note: 'changed' })).toBe(true);
    expect(await asWorker.delete(manifest, before)).toBe(false);
    expect(await asWorker.annotate(manifest, before, { note: 'again' })).toBe(false);
    expect(await asWorker.delete(manifest, (await asWorker.read(manifest))!)).toBe(true);
    await until(async () => (await asWorker.read(manifest)) === undefined);
    expect(await asWorker.delete(manifest, before)).toBe(true);
  });

  it('leaves a Job alone that is not of its run', async () => {
    const run = await start('name/1');
    await epochOf(run);
    const { name } = (await jobOf('name/1'))!.metadata!;
    await cluster.batch.patchNamespacedJob({
      name: name!,
      namespace,
      body: [{ op: 'replace', path: '/metadata/annotations/wattbandit~1run', value: 'other/run' }],
    });
    await expect(start('name/1')).rejects.toThrow(/not of run cifar100\/name\/1; delete it/);
    await until(async () => (await jobs()).length > 0);
  });
});
