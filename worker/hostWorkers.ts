/** The workers that a GPU host runs beside the one with the workflows: one claims GPUs, one trains. */
import {
  type ActivitySlotInfo,
  type CustomSlotSupplier,
  Worker,
  type WorkerDeploymentOptions,
  type WorkerOptions,
} from '@temporalio/worker';
import type { HostActivities } from '../activities';
import type { GpuPool } from '../activities/gpu/pool';
import { claimsQueue, hostQueue } from '../workflows/taskQueues';

/** Runs are as many as there are GPUs; beside each there must be room for a word to it. */
const mostActivities = 1000;

const onHosts = require.resolve('../workflows/onHosts');

const sharedKeys = [
  'connection',
  'namespace',
  'identity',
  'dataConverter',
  'interceptors',
  'sinks',
  'shutdownGraceTime',
  'shutdownForceTime',
  'maxHeartbeatThrottleInterval',
  'defaultHeartbeatThrottleInterval',
] as const satisfies readonly (keyof WorkerOptions)[];

export type SharedOptions = Pick<WorkerOptions, (typeof sharedKeys)[number] | 'workerDeploymentOptions'>;

/** Those of the main worker's options that hold for its companions too. Temporal takes no option that is undefined. */
export function sharedOptions(options: WorkerOptions): SharedOptions {
  const given = sharedKeys.filter((key) => options[key] !== undefined);
  const deployment = options.workerDeploymentOptions;
  return {
    ...Object.fromEntries(given.map((key) => [key, options[key]])),
    ...(deployment === undefined ? {} : { workerDeploymentOptions: unrouted(deployment) }),
  };
}

/**
 * Says which code it is, and takes work of every version: a run whose host was given new code in the middle of it goes on there. On
 * queues that are versioned it would wait for code that no longer runs on the only host that may train it.
 */
function unrouted({ version }: WorkerDeploymentOptions): WorkerDeploymentOptions {
  return { version, useWorkerVersioning: false };
}

export function hostQueues(taskQueue: string, { host }: HostActivities): readonly string[] {
  return [claimsQueue(taskQueue), hostQueue(taskQueue, host)];
}

export async function createHostWorkers(
  taskQueue: string,
  host: HostActivities,
  shared: SharedOptions,
): Promise<readonly Worker[]> {
  const fixed = { type: 'fixed-size', numSlots: 1 } as const;
  return Promise.all([
    Worker.create({
      ...shared,
      taskQueue: claimsQueue(taskQueue),
      activities: host.claims,
      maxConcurrentActivityTaskPolls: 1,
      tuner: {
        workflowTaskSlotSupplier: fixed,
        localActivityTaskSlotSupplier: fixed,
        nexusTaskSlotSupplier: fixed,
        activityTaskSlotSupplier: whileGpusAreFree(host.pool),
      },
    }),
    Worker.create({
      ...shared,
      taskQueue: hostQueue(taskQueue, host.host),
      activities: host.runs,
      maxConcurrentActivityTaskExecutions: mostActivities,
      ...(host.followsGrid ? { workflowsPath: onHosts } : {}),
    }),
  ]);
}

/** A slot for each free GPU: without one, this host does not even ask for claims. */
function whileGpusAreFree(pool: GpuPool): CustomSlotSupplier<ActivitySlotInfo> {
  let given = 0;
  return {
    type: 'custom',
    async reserveSlot(_context, signal) {
      await pool.untilMoreAreFreeThan(() => given, signal);
      given += 1;
      return {};
    },
    tryReserveSlot: () => null,
    markSlotUsed: () => {},
    releaseSlot() {
      given -= 1;
    },
  };
}

const lookEveryMs = 200;

/**
 * Runs `main` and its companions until `main` has ended. Whichever of them stops, stops all: a host that only claims would hold up
 * whoever it claims for.
 */
export async function runTogether(
  main: Worker,
  runMain: () => Promise<void>,
  createOthers: () => Promise<readonly Worker[]>,
): Promise<void> {
  // First: a worker that never ran cannot be shut down.
  const runningMain = runMain();
  let others: readonly Worker[] = [];
  const shutDown = () => {
    for (const worker of [main, ...others]) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const runOthers = async () => {
    others = await createOthers();
    await allEnded(others.map((worker) => worker.run().finally(shutDown)));
  };
  const watching = setInterval(() => {
    if (main.getState() !== 'RUNNING') shutDown();
  }, lookEveryMs);
  try {
    await allEnded([runningMain.finally(shutDown), runOthers().finally(shutDown)]);
  } finally {
    clearInterval(watching);
  }
}

async function allEnded(runs: readonly Promise<void>[]): Promise<void> {
  for (const end of await Promise.allSettled(runs)) if (end.status === 'rejected') throw end.reason;
}
