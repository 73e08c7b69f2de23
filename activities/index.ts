/** All activities of a worker with this hardware. Without a part of it, the activities that need it are left out. */
import { createBanditActivities } from './bandit';
import { createDecideActivities } from './decide';
import { createClaimActivities } from './gpu/claim';
import type { Hardware } from './hardware';
import { createTrainActivities } from './training/train';

export function createActivities({ gpus, trainer, hold }: Partial<Hardware>) {
  return {
    ...createDecideActivities(),
    ...createBanditActivities(),
    ...(gpus === undefined ? {} : createClaimActivities(gpus)),
    ...(gpus === undefined || trainer === undefined ? {} : createTrainActivities({ gpus, trainer, hold })),
  };
}
