/** A worker process: connects, registers the plugin with the configured hardware, and runs until told to stop. */
import { NativeConnection, type NativeConnectionOptions, Worker } from '@temporalio/worker';
import { type WorkerConfig, hardwareFor } from './config';
import { WattbanditPlugin } from './plugin';

export interface RunOptions {
  readonly connection: NativeConnectionOptions;
  readonly namespace?: string;
  /** Called once the worker polls. */
  readonly onReady?: () => void;
  /** Ends the worker: no new tasks, running ones get some time to finish. */
  readonly signal?: AbortSignal;
}

/** Resolves when the worker has shut down. */
export async function runWorker(config: WorkerConfig, options: RunOptions): Promise<void> {
  const hardware = hardwareFor(config);
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
    await connection.close();
  }
}
