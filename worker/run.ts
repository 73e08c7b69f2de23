/** A worker process: recovers what dead ones left, connects, and serves until told to stop. */
import { NativeConnection, type NativeConnectionOptions, Runtime, Worker } from '@temporalio/worker';
import { countedRestores } from '../activities/metrics/limits';
import { Metrics } from '../activities/metrics/metrics';
import type { WorkerConfig } from './config';
import { refusePlaintext } from './connectionSafety';
import { dataConverterFor } from './encryption/dataConverter';
import { WattbanditError } from './errors';
import { type Say, hardwareFor } from './hardware';
import { overrideRulesFor } from './overrideConfig';
import { WattbanditPlugin } from './plugin';
import { startTracing } from './tracing';

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

const unsignedWarning = 'Overrides need no signature here: whoever reaches Temporal may override.';

/**
 * Resolves when the worker has shut down.
 * @throws WattbanditError `invalid` for a key that cannot be used, for metrics that the process's runtime does not report, and for a
 * server that may not be spoken to without TLS
 */
export async function runWorker(config: WorkerConfig, options: RunOptions): Promise<void> {
  refusePlaintext(options.connection, config.insecurePlaintext);
  const dataConverter = await dataConverterFor(config.encryption);
  const metrics = reportedMetrics(config);
  const hardware = await hardwareFor(config, options.say, countedRestores(metrics));
  // Before anything is taken on: a dead holder's limit must not pass for the prior one.
  await hardware.recover();
  const tracing = config.tracing && (await startTracing(config.tracing));
  const overrides = await overrideRulesFor(config.overrides);
  if (overrides.allowUnsigned) options.say?.(unsignedWarning, 'warn');
  const connection = await NativeConnection.connect(options.connection);
  try {
    const worker = await Worker.create({
      connection,
      namespace: options.namespace,
      taskQueue: config.taskQueue,
      dataConverter,
      // Ours last: the workers beside this one are traced like it.
      plugins: [
        ...(tracing === undefined ? [] : [tracing.plugin]),
        new WattbanditPlugin({ ...hardware, metrics, overrides }),
      ],
      shutdownGraceTime: '5s',
      maxHeartbeatThrottleInterval: '2s',
    });
    const running = worker.run();
    options.onReady?.();
    await whileStoppable(worker, running, options.signal);
  } finally {
    // After an error workers may hold it still, and the error says more.
    await connection.close().catch(() => {});
    await tracing?.end();
  }
}

function reportedMetrics({ metrics: wanted }: WorkerConfig): Metrics {
  const metrics = new Metrics();
  metrics.reportTo(Runtime.instance().metricMeter);
  if (wanted === undefined || metrics.reported) return metrics;
  throw new WattbanditError(
    'invalid',
    `Cannot serve metrics at ${wanted.prometheus.bind}: Temporal's runtime reports none in this process; install it with telemetryFor(config.metrics) first.`,
  );
}

/** A worker can be shut down once it runs, which its plugins put off a little. */
async function whileStoppable(worker: Worker, running: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  const looking = setInterval(() => {
    if (signal?.aborted && worker.getState() === 'RUNNING') worker.shutdown();
  }, 20);
  try {
    await running;
  } finally {
    clearInterval(looking);
  }
}
