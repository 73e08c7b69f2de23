/** What a worker trains with. */
import type { Source } from './carbon/source';
import type { GpuDriver } from './gpu/driver';
import type { GpuHolder } from './gpu/hold';
import type { TrackingServer } from './mlflow/trackingServer';
import type { Trainer } from './training/trainer';

export interface Hardware {
  readonly gpus: GpuDriver;
  readonly trainer: Trainer;
  /** Keeps GPUs for a run and puts their limits back; a power lease without a sentinel unless given. */
  readonly holder?: GpuHolder;
  /**
   * What tells this host from others; must not change while a run is under way. The variable WATTBANDIT_HOST or the system's host
   * name unless given.
   */
  readonly host?: string;
  /** The grid that this host draws from, for jobs that follow it. */
  readonly grid?: Source;
  /** Simulated runs take place at their slot, real ones now, which holds unless given. */
  readonly gridTime?: 'now' | 'slot';
  /** Gets to know each run that was told. */
  readonly tracking?: TrackingServer;
}
