/** What a worker trains with. */
import type { GpuDriver } from './gpu/driver';
import type { HoldGpus } from './gpu/hold';
import type { Trainer } from './training/trainer';

export interface Hardware {
  readonly gpus: GpuDriver;
  readonly trainer: Trainer;
  /** How limits are put back; by a power lease without a sentinel unless given. */
  readonly hold?: HoldGpus;
}
