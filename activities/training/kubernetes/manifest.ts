/** A template and a run → the Job or TrainJob that trains it, on the node and the GPUs that were claimed. No I/O. */
import { variablesFor } from '../processEnvironment';
import { invalidRequest } from '../processSettings';
import type { RunRequest } from '../trainer';
import { runNameFor } from './runName';
import type { KubernetesSettings, Placement } from './settings';
import type { JobTemplate, Template, TrainJobTemplate } from './template';

export const annotations = {
  /** `<job>/<decision>`: whose it is. */
  run: 'wattbandit/run',
  /** JSON of what was decided, for people and other tools. */
  decision: 'wattbandit/decision',
  /** Which start of the run follows it. */
  holder: 'wattbandit/holder',
  /** JSON of when the trainer began, and what the counters of its GPUs said then. */
  began: 'wattbandit/began',
} as const;

/** Kubernetes reads this file when the container ends, 4 KiB at most. */
export const terminationLog = '/dev/termination-log';
export const terminationVariable = 'WATTBANDIT_TERMINATION_LOG';
export const checkGpusVariable = 'WATTBANDIT_CHECK_GPUS';
const hostnameLabel = 'kubernetes.io/hostname';
/** A container has no descriptors but the usual three: reports go to standard output. */
const standardOutput = '1';
/** The job of a TrainJob's runtime that trains, and its container. */
export const trainJobStep = 'node';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: Template['kind'];
  readonly metadata: Metadata;
  readonly spec: unknown;
}

interface Metadata {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface RunPlace {
  readonly settings: KubernetesSettings;
  readonly placement: Placement;
  /** Of this start of the run. */
  readonly holder: string;
}

/** @throws ApplicationFailure `InvalidRequest` where the template asks for GPUs by itself, or names no such container */
export function manifestFor(template: Template, request: RunRequest, place: RunPlace): Manifest {
  const metadata = metadataFor(template, request, place.holder);
  switch (template.kind) {
    case 'Job':
      return {
        apiVersion: template.apiVersion,
        kind: template.kind,
        metadata,
        spec: jobSpecFor(template, request, place),
      };
    case 'TrainJob':
      return {
        apiVersion: template.apiVersion,
        kind: template.kind,
        metadata,
        spec: trainJobSpecFor(template, request, place),
      };
  }
}

/** Pods of a Job are labelled by the Job, those of a TrainJob by the JobSet of the same name. */
export function podsOf({ kind, metadata: { name } }: Pick<Manifest, 'kind' | 'metadata'>): string {
  return kind === 'Job'
    ? `batch.kubernetes.io/job-name=${name}`
    : `jobset.sigs.k8s.io/jobset-name=${name},jobset.sigs.k8s.io/replicatedjob-name=${trainJobStep}`;
}

export function runOf({ id, spec }: RunRequest): string {
  return `${spec.job}/${id}`;
}

function metadataFor({ metadata }: Template, request: RunRequest, holder: string): Metadata {
  return {
    name: runNameFor(request),
    labels: { ...metadata.labels, ...ownLabels },
    annotations: { ...metadata.annotations, ...decisionOf(request), [annotations.holder]: holder },
  };
}

const ownLabels = { 'app.kubernetes.io/managed-by': 'wattbandit' };

function decisionOf(request: RunRequest): Record<string, string> {
  const { id, spec, batchSize, gpuUuids } = request;
  const decision = JSON.stringify({ id, job: spec.job, batchSize, gpuUuids, maxEpochs: spec.maxEpochs });
  return { [annotations.run]: runOf(request), [annotations.decision]: decision };
}

function jobSpecFor({ spec }: JobTemplate, request: RunRequest, place: RunPlace) {
  const { settings, placement } = place;
  const { metadata, spec: pod } = spec.template;
  const trainer = settings.container ?? pod.containers[0]?.name;
  if (!pod.containers.some(({ name }) => name === trainer))
    throw invalidRequest(
      `Cannot train job ${request.spec.job}: its template has no container ${trainer}; mend trainer.container.`,
    );
  for (const { name, resources } of pod.containers) refuseOwnGpus(request, placement, name, resources);
  const containers = pod.containers.map((container) =>
    container.name === trainer
      ? {
          ...container,
          env: [...(container.env ?? []), ...variablesIn(request, place)],
          resources: resourcesWith(container.resources, request, placement),
          terminationMessagePath: terminationLog,
        }
      : container,
  );
  const runtime =
    placement.gpus === 'visibleDevices' && placement.runtimeClass !== undefined
      ? { runtimeClassName: placement.runtimeClass }
      : {};
  return {
    // Should the worker never come back: by then the decision is forgotten, too.
    activeDeadlineSeconds: Math.ceil(request.spec.lease),
    ttlSecondsAfterFinished: 86_400,
    ...spec,
    backoffLimit: 0,
    template: {
      ...spec.template,
      metadata: {
        ...metadata,
        labels: { ...metadata.labels, ...ownLabels },
        annotations: { ...metadata.annotations, ...decisionOf(request) },
      },
      spec: {
        ...runtime,
        ...pod,
        containers,
        restartPolicy: 'Never',
        terminationGracePeriodSeconds: Math.ceil(settings.grace),
        nodeSelector: { ...pod.nodeSelector, [hostnameLabel]: placement.node },
      },
    },
  };
}

function trainJobSpecFor({ spec }: TrainJobTemplate, request: RunRequest, place: RunPlace) {
  const { trainer, podSpecOverrides = [] } = spec;
  const { placement } = place;
  refuseOwnGpus(request, placement, trainJobStep, trainer.resourcesPerNode);
  return {
    ...spec,
    annotations: { ...spec.annotations, ...decisionOf(request) },
    trainer: {
      ...trainer,
      numNodes: 1,
      env: [...(trainer.env ?? []), ...variablesIn(request, place)],
      resourcesPerNode: resourcesWith(trainer.resourcesPerNode, request, placement),
    },
    podSpecOverrides: [
      ...podSpecOverrides,
      { targetJobs: [{ name: trainJobStep }], nodeSelector: { [hostnameLabel]: placement.node } },
    ],
  };
}

function variablesIn(request: RunRequest, { settings, placement }: RunPlace) {
  const directory = `${settings.checkpoints}/${runNameFor({ id: request.id, spec: request.spec })}`;
  const { WATTBANDIT_REQUEST_FD: _, ...told } = variablesFor(request, directory);
  const uuids = request.gpuUuids.join(',');
  const all = {
    ...told,
    WATTBANDIT_REPORT_FD: standardOutput,
    [terminationVariable]: terminationLog,
    [checkGpusVariable]: '1',
    ...(placement.gpus === 'visibleDevices' ? { NVIDIA_VISIBLE_DEVICES: uuids, CUDA_VISIBLE_DEVICES: uuids } : {}),
  };
  return Object.entries(all).map(([name, value]) => ({ name, value }));
}

interface Resources {
  readonly limits?: Readonly<Record<string, unknown>> | undefined;
}

/** The device plugin would choose others than those that were claimed. */
function refuseOwnGpus(
  { spec }: RunRequest,
  { gpuResource }: Placement,
  container: string,
  resources?: Resources,
): void {
  if (resources?.limits?.[gpuResource] === undefined) return;
  throw invalidRequest(
    `Cannot train job ${spec.job}: container ${container} of its template asks for ${gpuResource}, which wattbandit gives it; leave it out.`,
  );
}

function resourcesWith(resources: Resources | undefined, { gpuUuids }: RunRequest, { gpus, gpuResource }: Placement) {
  if (gpus === 'visibleDevices') return resources;
  return { ...resources, limits: { ...resources?.limits, [gpuResource]: String(gpuUuids.length) } };
}
