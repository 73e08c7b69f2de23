/** Tells the runs under way what operators want of them. */
import { getExternalWorkflowHandle, log, proxyActivities } from '@temporalio/workflow';
import type { ObeyActivities } from '../activities/training/obey';
import type { RunOrders } from '../policy/override';
import type { RunUnderWay } from './ledger';
import { obey, recurrenceId, runKeyOf } from './messages';

export async function tellRuns(job: string, runs: readonly RunUnderWay[], orders: RunOrders): Promise<void> {
  if (runs.length === 0) return;
  const unreached = await tellHosts(job, runs, orders);
  await Promise.all(unreached.map((run) => signal(job, run, orders)));
}

async function signal(job: string, { slot }: RunUnderWay, orders: RunOrders): Promise<void> {
  return getExternalWorkflowHandle(recurrenceId(job, slot))
    .signal(obey, orders)
    .catch(() => log.info('a recurrence ended before the word reached it', { slot }));
}

/**
 * One word to each host, whatever number of runs it trains. Answers those that it did not reach: on their way to their GPUs still, or on a
 * host that is away; their recurrences will tell them.
 */
async function tellHosts(
  job: string,
  runs: readonly RunUnderWay[],
  orders: RunOrders,
): Promise<readonly RunUnderWay[]> {
  const queues = [...new Set(runs.flatMap(({ taskQueue }) => taskQueue ?? []))];
  const unreached = await Promise.all(
    queues.map(async (taskQueue) => {
      const here = runs.filter((run) => run.taskQueue === taskQueue);
      const keyOf = ({ slot }: RunUnderWay) => runKeyOf(recurrenceId(job, slot));
      const { obeyRuns } = proxyActivities<ObeyActivities>({
        taskQueue,
        startToCloseTimeout: '5s',
        scheduleToCloseTimeout: '10s',
        retry: { maximumAttempts: 2 },
      });
      const missing = await obeyRuns(here.map(keyOf), orders).catch(() => here.map(keyOf));
      return here.filter((run) => missing.includes(keyOf(run)));
    }),
  );
  return [...runs.filter(({ taskQueue }) => taskQueue === undefined), ...unreached.flat()];
}
