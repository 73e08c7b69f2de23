/** All activities of a worker with this hardware. Without a part of it, the activities that need it are left out. */
import { createBanditActivities } from './bandit';
import { createDecideActivities } from './decide';
import { createClaimActivities } from './gpu/claim';
import { holdByLease } from './gpu/hold';
import { createGpuPool } from './gpu/pool';
import type { Hardware } from './hardware';
import { createAccompanyActivities } from './training/accompany';
import { createTrainActivities } from './training/train';

export function createActivities({ gpus, trainer, holder, host, hostTaskQueue }: Partial<Hardware>) {
  const here = { ...createDecideActivities(), ...createBanditActivities() };
  if (gpus === undefined) return here;
  const holding = holder ?? holdByLease(gpus);
  const pool = createGpuPool(gpus, holding);
  const claim = createClaimActivities({ pool, host, hostTaskQueue });
  if (trainer === undefined) return { ...here, ...claim };
  const trains = { gpus, trainer, holder: holding, pool };
  return { ...here, ...claim, ...createTrainActivities(trains), ...createAccompanyActivities(trains) };
}

export type Activities = ReturnType<typeof createActivities>;
