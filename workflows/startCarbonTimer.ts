/** The carbon timer of a run, beside the run. */
import {
  CancellationScope,
  ParentClosePolicy,
  executeChild,
  isCancellation,
  log,
  workflowInfo,
} from '@temporalio/workflow';
import { WorkflowIdReusePolicy } from '@temporalio/common';
import type { TrainInput } from '../activities/training/train';
import { detailOf } from './detail';
import { type CarbonTimerInput, carbonTimerId, carbonTimerWorkflow, runKeyOf } from './messages';

/** On the host that trains, while it trains. Whatever becomes of the timer, the run goes on at the limit that it holds. */
export function startCarbonTimer({ decision, claim, attempt }: TrainInput): CancellationScope | undefined {
  if (decision.grid?.kind !== 'timer') return undefined;
  const { workflowId } = workflowInfo();
  const { steering } = decision.grid;
  const scope = new CancellationScope();
  const input: CarbonTimerInput = { run: runKeyOf(workflowId), steering, heldWatts: decision.powerLimitWatts };
  void scope
    .run(() =>
      executeChild(carbonTimerWorkflow, {
        workflowId: carbonTimerId(workflowId, attempt),
        taskQueue: claim.taskQueue,
        staticSummary: 'weighs time against energy while the run trains',
        parentClosePolicy: ParentClosePolicy.TERMINATE,
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
        args: [input],
      }),
    )
    .catch((error: unknown) => {
      if (!isCancellation(error)) log.warn('the carbon timer ended; the run goes on', { why: detailOf(error) });
    });
  return scope;
}
