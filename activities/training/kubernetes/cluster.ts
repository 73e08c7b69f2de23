/** What a trainer needs of a Kubernetes cluster, in one namespace. */
import type { Readable } from 'node:stream';
import type { Manifest } from './manifest';

/** A Job or a TrainJob as the cluster has it. */
export interface Stored {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly annotations: Readonly<Record<string, string>>;
  /** It is being deleted. */
  readonly ending: boolean;
  /** Why it failed, where it did so without a pod that tells. */
  readonly failure?: string | undefined;
}

export interface Pod {
  readonly name: string;
  readonly node?: string | undefined;
  readonly ending: boolean;
  /** Why it waits or was evicted, in the words of the cluster. */
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
  /** The node's or the cluster's doing. */
  readonly disrupted: boolean;
  readonly containers: readonly ContainerState[];
}

export type ContainerState = { readonly name: string } & (
  | { readonly kind: 'waiting'; readonly reason?: string | undefined; readonly message?: string | undefined }
  | { readonly kind: 'running' }
  | { readonly kind: 'ended'; readonly exit: ContainerExit }
);

export interface ContainerExit {
  readonly code: number;
  readonly signal?: number | undefined;
  readonly reason?: string | undefined;
  /** What it wrote to its termination log. */
  readonly message?: string | undefined;
}

export interface LogPlace {
  readonly pod: string;
  readonly container: string;
}

export interface Cluster {
  /** @throws ApplicationFailure `InvalidRequest` where the API server refuses the manifest */
  create(manifest: Manifest): Promise<'created' | 'exists'>;
  /** Undefined if there is none. */
  read(manifest: Manifest): Promise<Stored | undefined>;
  /** False if it was changed since it was read. */
  annotate(manifest: Manifest, stored: Stored, annotations: Readonly<Record<string, string>>): Promise<boolean>;
  /** With its pods; it stays until they are gone. False if it was changed since it was read. */
  delete(manifest: Manifest, stored: Stored): Promise<boolean>;
  pods(selector: string): Promise<readonly Pod[]>;
  /** Lines that begin with the instant at which they were written; all from `since` on, to the end if it is followed. */
  log(place: LogPlace, options: { readonly follow: boolean; readonly since?: string | undefined }): Promise<Readable>;
}
