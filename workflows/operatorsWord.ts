/** The operator's word to a recurrence under way, and its way to the host that trains. */
import { log, proxyActivities, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { ObeyActivities } from '../activities/training/obey';
import type { TrainInput } from '../activities/training/train';
import type { RunOrders } from '../policy/override';
import { detailOf } from './detail';
import { runKeyOf } from './messages';
import { runDetails } from './recurrenceDetails';

export interface Word {
  orders: RunOrders;
  carry: () => Promise<void>;
}

/** The run may be on its way to its GPUs still; once it has ended, nobody waits for it. */
export function carrierTo(run: TrainInput, word: Word): () => Promise<void> {
  const { obeyRun } = proxyActivities<ObeyActivities>({
    taskQueue: run.claim.taskQueue,
    startToCloseTimeout: '30s',
    scheduleToCloseTimeout: '2m',
    retry: { initialInterval: '250ms', maximumInterval: '5s' },
    summary: 'the operator’s word',
  });
  return async () => {
    setCurrentDetails(runDetails(run, word.orders));
    try {
      await obeyRun(runKeyOf(workflowInfo().workflowId), word.orders);
    } catch (error) {
      log.warn('the operator’s word did not reach the run', { why: detailOf(error) });
    }
  };
}
