/** `wattbandit worker`: a worker for those who do not embed the plugin. */
import { type Command, Option } from 'commander';
import {
  type DeploymentConfig,
  type MetricsConfig,
  type WorkerConfig,
  defaultMetricsBind,
  workerConfigSchema,
} from '../config';
import { WattbanditError } from '../errors';
import { packagedTraces } from '../packaged';
import { defaultTaskQueue } from '../client';
import { readYamlFile } from '../yamlFile';
import { connect, findTarget } from './connection';
import { encryptionOf } from './encryption';
import { exitCodes } from './failures';
import { patientInterruption } from './interruption';
import { buildId, deploymentName, ipAndPort, positiveNumber, seconds, wholeNumber } from './options';
import { type GlobalOptions, type LogLevel, action } from './session';

interface StartOptions {
  readonly config?: string;
  readonly simulated?: string;
  readonly traces?: string;
  readonly speed: number;
  readonly gpuCount: number;
  readonly taskQueue?: string;
  readonly metrics?: string | true;
  readonly deployment?: string;
  readonly buildId?: string;
  readonly shutdownGrace?: number;
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
    .option(
      '--deployment <name>',
      'Worker Deployment that it is a version of (default: it is not versioned)',
      deploymentName,
    )
    .option('--build-id <id>', "build id of the version (default: that of this package's code)", buildId)
    .option('--shutdown-grace <duration>', 'how long runs may go on when it is told to stop (default: 5s)', seconds)
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
        const { first, second } = patientInterruption();
        const stop = options.untilStdinEnds === true ? AbortSignal.any([first, stdinEnded()]) : first;
        const logger = new DefaultLogger(loggerLevels[globals.logLevel]);
        installRuntime(config.metrics, { logger, shutdownSignals: [] });
        const { address, namespace, connectionOptions: connection } = target;
        const served = {
          connection,
          namespace,
          signal: stop,
          hurry: second,
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
  const insecurePlaintext = globals.insecurePlaintext ?? config.insecurePlaintext;
  const deployment = deploymentFor(options, config.deployment);
  const { shutdownGrace: shutdownGraceSeconds = config.shutdownGraceSeconds } = options;
  return { ...config, encryption, metrics, insecurePlaintext, deployment, shutdownGraceSeconds };
}

function deploymentFor(flags: StartOptions, written?: DeploymentConfig): DeploymentConfig | undefined {
  const { deployment: name = written?.name, buildId: id = written?.buildId } = flags;
  if (name !== undefined) return { name, ...(id === undefined ? {} : { buildId: id }) };
  if (id === undefined) return undefined;
  throw new WattbanditError('invalid', `Cannot start a worker of version ${id}: say of which --deployment.`);
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

/** The program at the other end is gone. */
function stdinEnded(): AbortSignal {
  const orphaned = new AbortController();
  process.stdin.resume().once('close', () => orphaned.abort('stdin'));
  return orphaned.signal;
}
