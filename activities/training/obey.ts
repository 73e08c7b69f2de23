/** Carries the operator's word to a run that trains in this process. */
import { ApplicationFailure } from '@temporalio/common';
import type { RunOrders } from '../../policy/override';
import type { RunsUnderWay } from './underWay';

/** Long before anybody wonders why nothing happened. */
const lookAgainMs = 250;

export function createObeyActivities({ underWay }: { readonly underWay: RunsUnderWay }) {
  return {
    /** Answers the keys of those that do not train in this process: each host has one that holds all its GPUs. */
    async obeyRuns(keys: readonly string[], orders: RunOrders): Promise<readonly string[]> {
      const missing: string[] = [];
      const obeying = keys.flatMap((key) => {
        const run = underWay.find(key);
        if (run === undefined) missing.push(key);
        return run?.obey(orders) ?? [];
      });
      // A limit that cannot be set is told by its lease, and tried again by the run itself.
      await Promise.allSettled(obeying);
      return missing;
    },

    /** False where an administrator of the host moved the limit, who is not contradicted. */
    async obeyRun(key: string, orders: RunOrders): Promise<boolean> {
      const run = underWay.find(key);
      if (run === undefined) {
        // It is on its way here, or in another process of this host.
        throw ApplicationFailure.create({ message: 'The run does not train here.', nextRetryDelay: lookAgainMs });
      }
      return run.obey(orders);
    },
  };
}

export type ObeyActivities = ReturnType<typeof createObeyActivities>;
