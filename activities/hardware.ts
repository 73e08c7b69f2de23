/** What a worker trains with. */
import type { GpuDriver } from './gpu/driver';
import type { GpuHolder } from './gpu/hold';
import type { Trainer } from './training/trainer';

export interface Hardware {
  readonly gpus: GpuDriver;
  readonly trainer: Trainer;
  /** Keeps GPUs for a run and puts their limits back; a power lease without a sentinel unless given. */
  readonly holder?: GpuHolder;
  /** What this host is called among those of one run. */
  readonly host?: string;
  /**
   * The task queue that only workers of this host serve: what is claimed here is trained here. Unless given, the queue that
   * the claim came by, which is right as long as one host serves it.
   */
  readonly hostTaskQueue?: string;
}
