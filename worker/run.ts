/** A worker process: recovers what dead ones left, connects, and serves until told to stop. */
import { setTimeout as sleep } from 'node:timers/promises';
import { NativeConnection, type NativeConnectionOptions, Runtime, Worker } from '@temporalio/worker';
import { countedRestores } from '../activities/metrics/limits';
import { Metrics } from '../activities/metrics/metrics';
import type { WorkerConfig } from './config';
import { refusePlaintext } from './connectionSafety';
import { optionsFor, versionOf } from './deployment';
import { whileAttended } from './deploymentWatch';
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
  /** Ends the worker: it claims no more GPUs, and its runs get the grace of the configuration to end. */
  readonly signal?: AbortSignal;
  /** Ends the grace. */
  readonly hurry?: AbortSignal;
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
  const version = config.deployment && versionOf(config.deployment);
  const plugin = new WattbanditPlugin({ ...hardware, metrics, overrides });
  const connection = await NativeConnection.connect(options.connection);
  try {
    const worker = await Worker.create({
      connection,
      namespace: options.namespace,
      taskQueue: config.taskQueue,
      dataConverter,
      // Ours last: the workers beside this one are traced like it.
      plugins: [...(tracing === undefined ? [] : [tracing.plugin]), plugin],
      ...(version === undefined ? {} : { workerDeploymentOptions: optionsFor(version) }),
      // What is left when the runs have had their grace.
      shutdownGraceTime: '1s',
      maxHeartbeatThrottleInterval: '2s',
    });
    const running = worker.run();
    options.onReady?.();
    const { namespace = 'default', say } = options;
    const deployed = version && { connection, namespace, version, taskQueue: config.taskQueue, say };
    const attended = deployed === undefined ? running : whileAttended(deployed, running);
    await whileStoppable(worker, attended, stopOf(plugin, config, options));
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

/** Resolves when the worker is to be shut down; never if nobody says so. */
async function stopOf(plugin: WattbanditPlugin, config: WorkerConfig, options: RunOptions): Promise<void> {
  const { signal, hurry, say } = options;
  await untilAborted(signal);
  const { shutdownGraceSeconds: seconds } = config;
  say?.(`Stopping: no more GPUs are claimed, and runs have ${seconds} s to end. Another signal ends them now.`, 'info');
  const grace = AbortSignal.timeout(Math.min(seconds * 1000, longestTimerMs));
  const patience = hurry === undefined ? grace : AbortSignal.any([grace, hurry]);
  // A run that has ended is told to the bandit by this worker, if it is there a little longer.
  if ((await plugin.drain(patience)) && !patience.aborted) await sleep(tellingMs);
}

const tellingMs = 1000;
/** 24 days; Node takes a longer one for none. */
const longestTimerMs = 2 ** 31 - 1;

async function untilAborted(signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** A worker can be shut down once it runs, which its plugins put off a little. */
async function whileStoppable(worker: Worker, running: Promise<void>, stop: Promise<void>): Promise<void> {
  let stopped = false;
  void stop.then(() => (stopped = true));
  const looking = setInterval(() => {
    if (stopped && worker.getState() === 'RUNNING') worker.shutdown();
  }, 20);
  try {
    await running;
  } finally {
    clearInterval(looking);
  }
}
