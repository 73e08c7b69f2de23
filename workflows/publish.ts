/** Runs are told to whoever looks at them elsewhere, by the host that trained them. */
import { CancellationScope, log, proxyActivities } from '@temporalio/workflow';
import type { PublishActivities } from '../activities/mlflow/publish';
import type { TrainInput } from '../activities/training/train';
import type { Observation } from '../policy/facts';
import { detailOf } from './detail';

/** Whatever becomes of it, the recurrence is what it is. */
export async function publish({ spec, decision, claim }: TrainInput, observation: Observation): Promise<void> {
  if (claim.publishes !== true) return;
  const { job, target } = spec;
  const { leases: _, ...measured } = observation;
  const told = { job, target, decision, gpus: claim.gpus, observation: measured };
  const { publish: publishThere } = proxyActivities<PublishActivities>({
    taskQueue: claim.taskQueue,
    startToCloseTimeout: '1m',
    scheduleToCloseTimeout: '2m',
    retry: { maximumInterval: '20s' },
    summary: 'to MLflow',
  });
  try {
    await CancellationScope.nonCancellable(() => publishThere(told));
  } catch (error) {
    log.warn('the run was not published', { why: detailOf(error) });
  }
}
