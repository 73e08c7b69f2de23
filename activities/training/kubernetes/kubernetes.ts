/** Trains in pods on the worker's own node: a Job or a TrainJob for each run, made from a template. Contract: docs/kubernetes.md. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GpuDriver } from '../../gpu/driver';
import { beginningFrom, readCounters, spentSince } from '../beginning';
import { invalidRequest, refuseForeignSize } from '../processSettings';
import type { Outset, RunRequest, Trainer, TrainingRun } from '../trainer';
import { TrainerLines } from '../trainerLines';
import type { Cluster, Stored } from './cluster';
import { KubernetesRun } from './kubernetesRun';
import { annotations, manifestFor, podsOf, runOf, trainJobStep } from './manifest';
import { PodLog } from './podLog';
import { stateOf } from './podWords';
import { RunInCluster, type RunParts } from './runInCluster';
import { type KubernetesSettings, type Placement, kubernetesSettingsFor } from './settings';
import { type Template, templateFor } from './template';

export interface KubernetesTrainerOptions {
  readonly cluster: Cluster;
  /** Of the node that the pods run on, which is this worker's own. */
  readonly gpus: GpuDriver;
  readonly placement: Placement;
  /** For jobs without one. */
  readonly template?: unknown;
  readonly say?: (message: string) => void;
}

const lookEveryMs = 500;

export function createKubernetesTrainer(options: KubernetesTrainerOptions): Trainer {
  return {
    kind: 'kubernetes',
    async start(request) {
      const parts = await prepare(request, options);
      for (;;) {
        if ((await options.cluster.create(parts.manifest)) === 'created')
          return new KubernetesRun(new RunInCluster(parts));
        const adopted = await adopt(parts);
        if (adopted !== undefined) return adopted;
        await sleep(lookEveryMs);
      }
    },
  };
}

/** Everything that can be refused is refused before anything is changed. */
async function prepare(request: RunRequest, options: KubernetesTrainerOptions): Promise<RunParts> {
  const { cluster, gpus, placement, say = () => {} } = options;
  const { spec, gpuUuids } = request;
  refuseForeignSize(request);
  const settings = kubernetesSettingsFor(spec);
  const template = templateFor(spec.job, settings.template ?? options.template);
  if (placement.gpus === 'wholeNode') await refusePart(request, gpus);
  const holder = randomUUID();
  const manifest = manifestFor(template, request, { settings, placement, holder });
  const container = containerOf(template, settings);
  const counters = await readCounters(gpus, gpuUuids);
  return { cluster, gpus, manifest, request, settings, container, node: placement.node, holder, counters, say };
}

function containerOf(template: Template, { container }: KubernetesSettings): string {
  if (template.kind === 'TrainJob') return container ?? trainJobStep;
  return container ?? template.spec.template.spec.containers[0]?.name ?? '';
}

/** The device plugin hands out GPUs by number; only all of them are those that were claimed. */
async function refusePart({ spec, gpuUuids }: RunRequest, gpus: GpuDriver): Promise<void> {
  const all = await gpus.list();
  if (all.length === gpuUuids.length) return;
  throw invalidRequest(
    `Cannot train job ${spec.job} on ${gpuUuids.length} of ${all.length} GPUs: this worker gives whole nodes; set gpus.count to ${all.length}, or gpus: visibleDevices for the worker.`,
  );
}

/** Takes over the run that an earlier start left. Undefined where it had to be ended first: another one can be created now. */
async function adopt(parts: RunParts): Promise<TrainingRun | undefined> {
  const { cluster, manifest, request, holder } = parts;
  const stored = await cluster.read(manifest);
  if (stored === undefined || stored.ending) return undefined;
  if (stored.annotations[annotations.run] !== runOf(request))
    throw invalidRequest(
      `Cannot start ${manifest.kind} ${manifest.metadata.name}: there is one that is not of run ${runOf(request)}; delete it.`,
    );
  const standing = await standingOf(parts, stored);
  if (standing.kind === 'unknown') {
    await cluster.delete(manifest, stored);
    return undefined;
  }
  if (!(await cluster.annotate(manifest, stored, { [annotations.holder]: holder }))) return undefined;
  return new KubernetesRun(new RunInCluster(parts), standing.outset);
}

/** `unknown`: what it drew cannot be known any more, so that its observation would be a lie. */
type Standing =
  | { readonly kind: 'waits'; readonly outset?: undefined }
  | { readonly kind: 'runs'; readonly outset: Outset }
  | { readonly kind: 'unknown' };

async function standingOf(
  { cluster, gpus, manifest, counters, container, request }: RunParts,
  stored: Stored,
): Promise<Standing> {
  const pod = (await cluster.pods(podsOf(manifest))).find(({ ending }) => !ending);
  if (pod === undefined || stateOf(pod, container).kind === 'waits') return { kind: 'waits' };
  const beginning = beginningFrom(stored.annotations[annotations.began]);
  const spent = beginning && (await spentSince(beginning, counters, gpus));
  if (spent === undefined) return { kind: 'unknown' };
  const epochs = await epochsOf(cluster, { pod: pod.name, container }, request);
  return { kind: 'runs', outset: { epochs, ...spent } };
}

async function epochsOf(
  cluster: Cluster,
  place: { pod: string; container: string },
  { spec }: RunRequest,
): Promise<number> {
  const lines = new TrainerLines(spec.maxEpochs);
  let epochs = 0;
  const log = new PodLog((line) => {
    for (const said of lines.read(line, 0)) if (said.kind === 'progress') epochs = said.epochs;
  });
  await log.read(await cluster.log(place, { follow: false }));
  return epochs;
}
