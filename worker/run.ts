/** A worker process: recovers what dead ones left, connects, and serves until told to stop. */
import { NativeConnection, type NativeConnectionOptions, Worker } from '@temporalio/worker';
import type { WorkerConfig } from './config';
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
    const worker = await Worker.create({
      connection,
      namespace: options.namespace,
      taskQueue: config.taskQueue,
      plugins: [new WattbanditPlugin(hardware)],
      shutdownGraceTime: '5s',
      maxHeartbeatThrottleInterval: '2s',
    });
    const stopped = new Promise<void>((resolve) => {
      if (options.signal?.aborted) resolve();
      options.signal?.addEventListener('abort', () => resolve(), { once: true });
    });
    options.onReady?.();
    await (options.signal === undefined ? worker.run() : worker.runUntil(stopped));
  } finally {
    // After an error workers may hold it still, and the error says more.
    await connection.close().catch(() => {});
  }
}
