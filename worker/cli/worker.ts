/** `wattbandit worker`: a worker for those who do not embed the plugin. */
import { type Command, Option } from 'commander';
import { type MetricsConfig, type WorkerConfig, defaultMetricsBind, workerConfigSchema } from '../config';
import { packagedTraces } from '../packaged';
import { defaultTaskQueue } from '../client';
import { readYamlFile } from '../yamlFile';
import { connect, findTarget } from './connection';
import { encryptionOf } from './encryption';
import { exitCodes } from './failures';
import { interruption } from './interruption';
import { ipAndPort, positiveNumber, wholeNumber } from './options';
import { type GlobalOptions, type LogLevel, action } from './session';

interface StartOptions {
  readonly config?: string;
  readonly simulated?: string;
  readonly traces?: string;
  readonly speed: number;
  readonly gpuCount: number;
  readonly taskQueue?: string;
  readonly metrics?: string | true;
  readonly experiments?: boolean;
  readonly untilStdinEnds?: boolean;
}

const loggerLevels = { debug: 'DEBUG', info: 'INFO', warn: 'WARN', error: 'ERROR' } as const satisfies Record<
  LogLevel,
  string
>;

export function addWorker(program: Command): void {
  program
    .command('worker')
    .description('run workers')
    .command('start')
    .description('run a worker until it is interrupted, on the GPUs of this host unless told otherwise')
    .addOption(new Option('-c, --config <file>', 'worker configuration (YAML)').conflicts('simulated'))
    .option('--simulated <gpu>', 'simulate GPUs of a recorded model, as v100 or a40')
    .option('--traces <directory>', "recordings to simulate (default: Zeus's)")
    .option('--speed <factor>', 'simulated seconds per second', positiveNumber, 1)
    .option('--gpu-count <n>', 'simulated GPUs', wholeNumber, 1)
    .option('--task-queue <name>', `task queue to serve (default: ${defaultTaskQueue})`)
    .option('--metrics [address]', `serve Prometheus metrics there (default: ${defaultMetricsBind})`, ipAndPort)
    .addOption(
      new Option('--experiments', 'only simulate, for `wattbandit experiment run`; start one for each core').conflicts([
        'simulated',
        'metrics',
      ]),
    )
    .addOption(new Option('--until-stdin-ends', 'end with the program that started this one').hideHelp())
    .action(
      action(async ({ globals, output }, options: StartOptions) => {
        const config = await workerConfig(globals, options);
        const target = await findTarget({ ...globals, insecurePlaintext: config.insecurePlaintext });
        // The worker's own connection waits long for a server; whoever typed this wants to know soon.
        await (await connect(target)).close();
        // Loaded here only: the native worker takes longer to load than most commands to run.
        const [{ DefaultLogger }, { runWorker }, { serveExperiments }, { installRuntime }] = await Promise.all([
          import('@temporalio/worker'),
          import('../run.js'),
          import('../experiment/serve.js'),
          import('../telemetry.js'),
        ]);
        const stop = stopSignal(options.untilStdinEnds === true);
        const logger = new DefaultLogger(loggerLevels[globals.logLevel]);
        installRuntime(config.metrics, { logger, shutdownSignals: [] });
        const { address, namespace, connectionOptions: connection } = target;
        const served = {
          connection,
          namespace,
          signal: stop,
          say: (message: string, level: string) => output.event({ event: 'host', level, message }, () => message),
          onReady: () =>
            output.event(
              { event: 'ready', taskQueue: config.taskQueue, address, namespace },
              () => `Worker on task queue ${config.taskQueue} at ${address}. Ctrl-C ends it.`,
            ),
        };
        await (options.experiments === true ? serveExperiments(config, served) : runWorker(config, served));
        // Left open, it would keep this process alive.
        process.stdin.destroy();
        return stop.reason === 'SIGINT' ? exitCodes.interrupted : exitCodes.done;
      }),
    );
}

/** A flag wins over the environment, and that over the file. */
async function workerConfig(globals: GlobalOptions, options: StartOptions): Promise<WorkerConfig> {
  const config = await writtenConfig(options);
  const encryption = (await encryptionOf(globals)) ?? config.encryption;
  const metrics = metricsFor(options.metrics) ?? config.metrics;
  return { ...config, encryption, metrics, insecurePlaintext: globals.insecurePlaintext ?? config.insecurePlaintext };
}

function metricsFor(flag: string | true | undefined): MetricsConfig | undefined {
  if (flag === undefined) return undefined;
  return { prometheus: { bind: flag === true ? defaultMetricsBind : flag } };
}

async function writtenConfig(options: StartOptions): Promise<WorkerConfig> {
  const { config: file, simulated: gpu, traces = packagedTraces, speed, gpuCount: count, taskQueue } = options;
  if (file !== undefined) {
    const config = await readYamlFile(file, workerConfigSchema);
    return taskQueue === undefined ? config : { ...config, taskQueue };
  }
  const hardware = gpu === undefined ? { kind: 'gpus' } : { kind: 'simulated', gpu, traces, speed, count };
  // Who simulates is trying things out, and has no identity provider at hand.
  const overrides = { allowUnsigned: gpu !== undefined };
  return workerConfigSchema.parse({ version: 1, taskQueue, hardware, overrides });
}

/** Ends with an interruption, or with the program at the other end of stdin. */
function stopSignal(untilStdinEnds: boolean): AbortSignal {
  const interrupted = interruption();
  if (!untilStdinEnds) return interrupted;
  const orphaned = new AbortController();
  process.stdin.resume().once('close', () => orphaned.abort('stdin'));
  return AbortSignal.any([interrupted, orphaned.signal]);
}
