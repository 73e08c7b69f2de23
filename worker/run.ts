/** A worker process: recovers what dead ones left, connects, serves its task queues until told to stop. */
import { NativeConnection, type NativeConnectionOptions, Worker } from '@temporalio/worker';
import { type WorkerConfig, hostTaskQueue } from './config';
import { type Say, hardwareFor } from './hardware';
import { WattbanditPlugin } from './plugin';

export interface RunOptions {
  readonly connection: NativeConnectionOptions;
  readonly namespace?: string;
  /** Told what becomes of power limits. */
  readonly say?: Say;
  /** Called once the worker polls. */
  readonly onReady?: () => void;
  /** Ends the worker: no new tasks, running ones get some time to finish. */
  readonly signal?: AbortSignal;
}

/** Resolves when the worker has shut down. */
export async function runWorker(config: WorkerConfig, options: RunOptions): Promise<void> {
  const hardware = await hardwareFor(config, options.say);
  // Before anything is taken on: a dead holder's limit must not pass for the prior one.
  await hardware.recover();
  const connection = await NativeConnection.connect(options.connection);
  try {
    const shared = {
      connection,
      namespace: options.namespace,
      shutdownGraceTime: '5s',
      maxHeartbeatThrottleInterval: '2s',
    } as const;
    const onHost = { ...hardware, host: config.host, hostTaskQueue: hostTaskQueue(config) };
    const plugin = new WattbanditPlugin(onHost);
    const workers = await Promise.all([
      Worker.create({ ...shared, taskQueue: config.taskQueue, plugins: [plugin] }),
      // What was claimed on this host is trained on this host.
      Worker.create({ ...shared, taskQueue: onHost.hostTaskQueue, activities: plugin.activities }),
    ]);
    options.onReady?.();
    await runUntilAborted(workers, options.signal);
  } finally {
    await connection.close();
  }
}

/** A worker that ends, well or not, takes the others along: a host that only claims would hold up whoever it claims for. */
async function runUntilAborted(workers: readonly Worker[], signal: AbortSignal | undefined): Promise<void> {
  const shutDown = () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const runs = workers.map((worker) => worker.run().finally(shutDown));
  signal?.addEventListener('abort', shutDown, { once: true });
  if (signal?.aborted) shutDown();
  const settled = await Promise.allSettled(runs);
  for (const run of settled) if (run.status === 'rejected') throw run.reason;
}
