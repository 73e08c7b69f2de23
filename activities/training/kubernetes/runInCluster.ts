/** One start of a run, as it stands in the cluster: whose it is, what its GPUs said when it began, and its end. */
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GpuDriver } from '../../gpu/driver';
import type { RunRequest } from '../trainer';
import { type Beginning, type Counters, readCounters, totalOf } from '../beginning';
import type { Cluster, Pod, Stored } from './cluster';
import { type Manifest, annotations, podsOf } from './manifest';
import type { KubernetesSettings } from './settings';

export interface RunParts {
  readonly cluster: Cluster;
  readonly gpus: GpuDriver;
  readonly manifest: Manifest;
  readonly request: RunRequest;
  readonly settings: KubernetesSettings;
  readonly container: string;
  readonly node: string;
  readonly holder: string;
  /** When this start was asked for. */
  readonly counters: Counters;
  readonly say: (message: string) => void;
}

const lookEveryMs = 500;
/** Beyond its grace, a pod that does not go is the node's trouble. */
const beyondGraceMs = 60_000;

export class RunInCluster {
  readonly id: string;
  readonly request: RunRequest;
  readonly settings: KubernetesSettings;
  readonly container: string;
  readonly node: string;
  readonly say: (message: string) => void;

  constructor(private readonly parts: RunParts) {
    const { manifest, request, settings, container, node, say } = parts;
    this.id = `${manifest.kind} ${manifest.metadata.name}`;
    this.request = request;
    this.settings = settings;
    this.container = container;
    this.node = node;
    this.say = say;
  }

  async read(): Promise<Stored | undefined> {
    return this.parts.cluster.read(this.parts.manifest);
  }

  /** The one that is not on its way out, if there is one. */
  async pod(): Promise<Pod | undefined> {
    const pods = await this.parts.cluster.pods(podsOf(this.parts.manifest));
    return pods.find(({ ending }) => !ending) ?? pods[0];
  }

  async openLog(pod: string, since: string | undefined): Promise<Readable> {
    return this.parts.cluster.log({ pod, container: this.container }, { follow: true, since });
  }

  /** Notes with the run that it begins now. @returns the joules that its GPUs drew since this start was asked for */
  async begin(): Promise<number> {
    const { cluster, gpus, manifest, request, counters, holder } = this.parts;
    const now = await readCounters(gpus, request.gpuUuids);
    const beginning: Beginning = { at: new Date().toISOString(), joules: now };
    await this.whileOurs((stored) =>
      cluster.annotate(manifest, stored, {
        [annotations.began]: JSON.stringify(beginning),
        [annotations.holder]: holder,
      }),
    );
    return Math.max(0, totalOf(now) - totalOf(counters));
  }

  /** Deletes it, unless a later start took it over, and waits until its pods are gone. */
  async end(): Promise<void> {
    const { cluster, manifest, settings } = this.parts;
    const patience = settings.grace * 1000 + beyondGraceMs;
    await this.whileOurs((stored) => (stored.ending ? Promise.resolve(true) : cluster.delete(manifest, stored)));
    for (let waited = 0; waited < patience; waited += lookEveryMs) {
      const stored = await this.read();
      if (stored !== undefined && !this.owns(stored)) return;
      if (stored === undefined && (await cluster.pods(podsOf(manifest))).length === 0) return;
      await sleep(lookEveryMs);
    }
    this.say(
      `Cannot end ${this.id} within ${patience / 1000} s: its pods still terminate; see \`kubectl get pods -l ${podsOf(manifest)}\`.`,
    );
  }

  private async ours(): Promise<Stored | undefined> {
    const stored = await this.read();
    return stored !== undefined && this.owns(stored) ? stored : undefined;
  }

  private owns(stored: Stored): boolean {
    return stored.annotations[annotations.holder] === this.parts.holder;
  }

  /** The cluster changes what it stores all the time; a change that was overtaken is made again. */
  private async whileOurs(change: (stored: Stored) => Promise<boolean>): Promise<void> {
    for (;;) {
      const stored = await this.ours();
      if (stored === undefined || (await change(stored))) return;
    }
  }
}
