/** The activities of a worker with this hardware, by where they run. Without a part of it, those that need it are left out. */
import { hostname } from 'node:os';
import { createBanditActivities } from './bandit';
import { createDecideActivities } from './decide';
import { createClaimActivities } from './gpu/claim';
import { holdByLease } from './gpu/hold';
import { type GpuPool, createGpuPool } from './gpu/pool';
import type { Hardware } from './hardware';
import { createAccompanyActivities } from './training/accompany';
import { createTrainActivities } from './training/train';
import { RunsUnderWay } from './training/underWay';

/** On a worker beside the workflows. */
export function createPolicyActivities() {
  return { ...createDecideActivities(), ...createBanditActivities() };
}

export interface HostActivities {
  readonly host: string;
  readonly pool: GpuPool;
  /** For whichever host has free GPUs. */
  readonly claims: object;
  /** For this host alone. */
  readonly runs: object;
}

export function createHostActivities({ gpus, trainer, ...rest }: Hardware): HostActivities {
  const { host = process.env['WATTBANDIT_HOST'] ?? hostname(), holder = holdByLease(gpus) } = rest;
  const pool = createGpuPool(gpus, holder);
  const trains = { gpus, trainer, holder, pool, underWay: new RunsUnderWay() };
  return {
    host,
    pool,
    claims: createClaimActivities({ pool, host }),
    runs: { ...createTrainActivities(trains), ...createAccompanyActivities(trains) },
  };
}
