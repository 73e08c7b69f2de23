/** What tests on a real control plane share: a cluster with one node, and a way to look at it that is not the product's. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as kubernetes from '@kubernetes/client-node';
import { parseAllDocuments } from 'yaml';
import { createSimulatedGpus } from '../../activities/gpu/simulated';
import { createKubernetesTrainer } from '../../activities/training/kubernetes/kubernetes';
import { openCluster } from '../../activities/training/kubernetes/openCluster';
import type { Placement } from '../../activities/training/kubernetes/settings';
import type { JobSpec } from '../../workflows/contracts';
import { jobSpec } from '../support/job';
import { type ControlPlane, type TestManifest, startControlPlane } from '../support/kubernetes/controlPlane';
import { TestNode } from '../support/kubernetes/node';

export const namespace = 'training';
export const node = 'node-a';
const root = join(__dirname, '..', '..');
export const zoo = join(root, 'test', 'activities', 'trainers', 'zoo.mjs');

export interface TestCluster {
  readonly controlPlane: ControlPlane;
  readonly node: TestNode;
  readonly core: kubernetes.CoreV1Api;
  readonly batch: kubernetes.BatchV1Api;
  readonly custom: kubernetes.CustomObjectsApi;
  stop(): Promise<void>;
}

/** With what examples/kubernetes/worker.yaml brings, and one node with the GPUs that {@link simulatedGpus} has. */
export async function startCluster(programs: string): Promise<TestCluster> {
  const controlPlane = await startControlPlane(programs);
  const config = new kubernetes.KubeConfig();
  config.loadFromFile(controlPlane.kubeconfig);
  for (const manifest of manifestsIn('examples/kubernetes/worker.yaml')) await controlPlane.create(manifest);
  const gpuUuids = (await simulatedGpus().list()).map(({ uuid }) => uuid);
  const directory = join(controlPlane.directory, 'node');
  const testNode = await TestNode.start({ name: node, directory, kubeconfig: controlPlane.kubeconfig, gpuUuids });
  return {
    controlPlane,
    node: testNode,
    core: config.makeApiClient(kubernetes.CoreV1Api),
    batch: config.makeApiClient(kubernetes.BatchV1Api),
    custom: config.makeApiClient(kubernetes.CustomObjectsApi),
    async stop() {
      await testNode.stop();
      await controlPlane.stop();
    },
  };
}

export function manifestsIn(file: string): readonly TestManifest[] {
  return parseAllDocuments(readFileSync(resolve(root, file), 'utf8')).map((document) => document.toJS());
}

export const simulatedGpus = () => createSimulatedGpus({ model: 'v100', count: 2, powerLimitsWatts: [100, 250] });

export interface TrainerParts {
  readonly gpus?: ReturnType<typeof simulatedGpus>;
  readonly placement?: Partial<Placement>;
  readonly say?: (message: string) => void;
}

/** Signed in as the worker of examples/kubernetes, with no right more. */
export const clusterAsWorker = ({ controlPlane }: TestCluster) =>
  openCluster({ kubeconfig: controlPlane.workerKubeconfig, namespace });

export async function kubernetesTrainer(testCluster: TestCluster, parts: TrainerParts = {}) {
  const cluster = await clusterAsWorker(testCluster);
  const { gpus = simulatedGpus(), placement = {}, say } = parts;
  const defaults: Placement = { node, gpus: 'visibleDevices', gpuResource: 'nvidia.com/gpu' };
  return createKubernetesTrainer({ cluster, gpus, placement: { ...defaults, ...placement }, ...(say && { say }) });
}

export function podSpec(animal: string, container: Record<string, unknown> = {}) {
  const command = [process.execPath, zoo, animal, 'pod'];
  return { containers: [{ name: 'trainer', image: 'zoo', command, ...container }] };
}

export function kubernetesSpec(animal: string, section: Record<string, unknown> = {}, container = {}): JobSpec {
  const template = { apiVersion: 'batch/v1', kind: 'Job', spec: { template: { spec: podSpec(animal, container) } } };
  return jobSpec({
    batchSizes: [16, 32, 64],
    defaultBatchSize: 32,
    target: { metric: 'accuracy', value: 0.9 },
    trainer: { kind: 'kubernetes', template, grace: 1, ...section },
  });
}
