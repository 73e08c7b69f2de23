/** A cluster by the official client, which brings every way to sign in: service account, kubeconfig, certificates, programs. */
import { PassThrough, type Readable } from 'node:stream';
import type * as kubernetes from '@kubernetes/client-node';
import { z } from 'zod';
import { invalidRequest } from '../processSettings';
import type { Cluster, ContainerState, Pod, Stored } from './cluster';
import type { Manifest } from './manifest';

export interface ClusterOptions {
  /** The service account of the worker's own pod unless given, or what `kubectl` uses. */
  readonly kubeconfig?: string | undefined;
  /** In which its pods run. */
  readonly namespace: string;
}

type Client = typeof kubernetes;

/** @throws Error where the client is not installed or finds no cluster */
export async function openCluster({ kubeconfig, namespace }: ClusterOptions): Promise<Cluster> {
  const client = await loadClient();
  const config = new client.KubeConfig();
  if (kubeconfig === undefined) config.loadFromDefault();
  else config.loadFromFile(kubeconfig);
  const objects = config.makeApiClient(client.CustomObjectsApi);
  const core = config.makeApiClient(client.CoreV1Api);
  const logs = new client.Log(config);
  const at = (manifest: Manifest) => ({ ...kindOf(manifest), namespace });
  const named = (manifest: Manifest) => ({ ...at(manifest), name: manifest.metadata.name });
  return {
    async create(body) {
      try {
        await objects.createNamespacedCustomObject({ ...at(body), body, fieldValidation: 'Strict' });
        return 'created';
      } catch (error) {
        if (statusOf(error) === 409 && reasonOf(error) === 'AlreadyExists') return 'exists';
        throw refusalOf(body, namespace, error);
      }
    },
    async read(manifest) {
      const found: unknown = await unlessMissing(() => objects.getNamespacedCustomObject(named(manifest)));
      return found === undefined ? undefined : storedFrom(found);
    },
    async annotate(manifest, { resourceVersion }, annotations) {
      const body = { metadata: { resourceVersion, annotations } };
      const merge = client.setHeaderOptions('Content-Type', client.PatchStrategy.MergePatch);
      return unlessChanged(() => objects.patchNamespacedCustomObject({ ...named(manifest), body }, merge));
    },
    async delete(manifest, { uid, resourceVersion }) {
      const body = { preconditions: { uid, resourceVersion }, propagationPolicy: 'Foreground' };
      return unlessChanged(() => objects.deleteNamespacedCustomObject({ ...named(manifest), body }));
    },
    async pods(labelSelector) {
      const { items } = await core.listNamespacedPod({ namespace, labelSelector });
      return items.map(podFrom);
    },
    async log({ pod, container }, { follow, since }): Promise<Readable> {
      const stream = new PassThrough();
      const sinceTime = since === undefined ? {} : { sinceTime: since };
      const control = await logs.log(namespace, pod, container, stream, { follow, timestamps: true, ...sinceTime });
      stream.once('close', () => control.abort());
      return stream;
    },
  };
}

async function loadClient(): Promise<Client> {
  try {
    return await import('@kubernetes/client-node');
  } catch (cause) {
    throw new Error('Cannot reach Kubernetes: its client is not installed; npm install @kubernetes/client-node@1.4.0', {
      cause,
    });
  }
}

/** The plural of every kind that we use is its name in lower case with an s. */
function kindOf({ apiVersion, kind }: Manifest) {
  const [group = '', version = ''] = apiVersion.split('/');
  return { group, version, plural: `${kind.toLowerCase()}s` };
}

const condition = z.looseObject({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
});
const storedSchema = z.looseObject({
  metadata: z.looseObject({
    uid: z.string(),
    resourceVersion: z.string(),
    annotations: z.record(z.string(), z.string()).default({}),
    deletionTimestamp: z.string().optional(),
  }),
  status: z.looseObject({ conditions: z.array(condition).default([]) }).prefault({}),
});

function storedFrom(found: unknown): Stored {
  const { metadata, status } = storedSchema.parse(found);
  const { uid, resourceVersion, annotations, deletionTimestamp } = metadata;
  const failed = status.conditions.find(({ type, status: holds }) => type === 'Failed' && holds === 'True');
  const failure = failed && [failed.reason, failed.message].filter(Boolean).join(': ');
  return { uid, resourceVersion, annotations, ending: deletionTimestamp !== undefined, failure };
}

function podFrom({ metadata, spec, status }: kubernetes.V1Pod): Pod {
  const conditions = status?.conditions ?? [];
  const unscheduled = conditions.find(({ type, status: holds }) => type === 'PodScheduled' && holds === 'False');
  return {
    name: metadata?.name ?? '',
    node: spec?.nodeName,
    ending: metadata?.deletionTimestamp !== undefined,
    reason: status?.reason ?? unscheduled?.reason,
    message: status?.message ?? unscheduled?.message,
    disrupted: conditions.some(({ type, status: holds }) => type === 'DisruptionTarget' && holds === 'True'),
    containers: (status?.containerStatuses ?? []).map(containerFrom),
  };
}

function containerFrom({ name, state }: kubernetes.V1ContainerStatus): ContainerState {
  if (state?.terminated !== undefined) {
    const { exitCode: code, signal, reason, message } = state.terminated;
    return { name, kind: 'ended', exit: { code, signal, reason, message } };
  }
  if (state?.running !== undefined) return { name, kind: 'running' };
  return { name, kind: 'waiting', reason: state?.waiting?.reason, message: state?.waiting?.message };
}

/** The client's own error, by its shape: its class lies in a module that is loaded late. */
const apiError = z.looseObject({ code: z.number(), body: z.unknown() });
const apiStatus = z.looseObject({ reason: z.string().optional(), message: z.string().optional() });

function statusOf(error: unknown): number | undefined {
  return apiError.safeParse(error).data?.code;
}

function bodyOf(error: unknown) {
  const body = apiError.safeParse(error).data?.body;
  return apiStatus.safeParse(typeof body === 'string' ? parsed(body) : body).data;
}

function reasonOf(error: unknown): string | undefined {
  return bodyOf(error)?.reason;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { message: text };
  }
}

async function unlessMissing<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw readable(error);
  }
}

/** False if it changed; true also if it is gone. */
async function unlessChanged(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (statusOf(error) === 409) return false;
    if (statusOf(error) === 404) return true;
    throw readable(error);
  }
}

/** A manifest that is wrong stays so; a quota, a webhook or a server that is away may pass. */
function refusalOf({ kind, metadata: { name } }: Manifest, namespace: string, error: unknown): Error {
  const status = statusOf(error);
  const message = `Cannot create ${kind} ${name} in namespace ${namespace}: ${wordsOf(error)}`;
  const cause = error instanceof Error ? error : undefined;
  if (status === 400 || status === 422) return invalidRequest(`${message}; mend the template.`, cause);
  if (status === 404)
    return invalidRequest(`${message}; install ${kind} in the cluster, or create the namespace.`, cause);
  return new Error(message, { cause });
}

function readable(error: unknown): Error {
  return new Error(`Cannot reach the cluster: ${wordsOf(error)}`, { cause: error });
}

function wordsOf(error: unknown): string {
  return bodyOf(error)?.message ?? (error instanceof Error ? error.message : String(error));
}
