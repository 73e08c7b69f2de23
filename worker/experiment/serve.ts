/** A worker that only simulates. Start one for each core: simulations compute, and a process computes on one. */
import { NativeConnection, Worker } from '@temporalio/worker';
import { createExperimentActivities } from '../../activities/experiment';
import { experimentsQueue } from '../../workflows/taskQueues';
import type { WorkerConfig } from '../config';
import { refusePlaintext } from '../connectionSafety';
import { dataConverterFor } from '../encryption/dataConverter';
import { packagedTraces } from '../packaged';
import type { RunOptions } from '../run';
import { ownVersions } from './versions';

/** Resolves when the worker has shut down; cells under way are played again by another. */
export async function serveExperiments(config: WorkerConfig, options: RunOptions): Promise<void> {
  refusePlaintext(options.connection, config.insecurePlaintext);
  const dataConverter = await dataConverterFor(config.encryption);
  const connection = await NativeConnection.connect(options.connection);
  try {
    const worker = await Worker.create({
      connection,
      namespace: options.namespace,
      // Beside the queue of workers that train.
      taskQueue: experimentsQueue(config.taskQueue),
      dataConverter,
      workflowsPath: require.resolve('../../workflows/experiments'),
      activities: createExperimentActivities({ versions: ownVersions(), tracesDirectory: packagedTraces }),
      maxConcurrentActivityTaskExecutions: 1,
      maxHeartbeatThrottleInterval: '2s',
      stickyQueueScheduleToStartTimeout: '2s',
      shutdownGraceTime: 0,
    });
    const stopped = new Promise<void>((resolve) => {
      if (options.signal?.aborted) resolve();
      options.signal?.addEventListener('abort', () => resolve(), { once: true });
    });
    await worker.runUntil(async () => {
      options.onReady?.();
      await stopped;
    });
  } finally {
    await connection.close().catch(() => {});
  }
}
