/** `wattbandit gateway`: the HTTP API, for pipelines that ask and tell, and for clients of Zeus's batch size server. */
import { type Command, Option } from 'commander';
import { Client } from '@temporalio/client';
import { isLoopback } from '../../activities/loopback';
import { dataConverterFor } from '../encryption/dataConverter';
import { WattbanditError } from '../errors';
import { connect, findTarget } from './connection';
import { encryptionOf } from './encryption';
import { coverOf, sealKeyOption } from './override';
import { exitCodes } from './failures';
import { interruption, untilAborted } from './interruption';
import { port, seconds, wholeNumber } from './options';
import { packageManifest } from '../manifest';
import { type Session, action } from './session';

interface StartOptions {
  readonly host: string;
  readonly port: number;
  readonly tokens?: string;
  readonly taskQueue?: string;
  readonly sealKey?: string;
  readonly rateLimit: number;
  readonly zeusLease: number;
  readonly zeusPolicy: 'zeus' | 'wattbandit';
}

const oneDaySeconds = 86_400;

export function addGateway(program: Command): void {
  program
    .command('gateway')
    .description('an HTTP API for pipelines, and for clients of Zeus')
    .command('start')
    .description('serve it until interrupted; any number of gateways may run beside each other')
    .option('--host <address>', 'where to listen', '127.0.0.1')
    .option('--port <n>', '0 for a free one', port, 8470)
    .option('--tokens <file>', 'who may do what (YAML); without it, whoever reaches it may do everything')
    .option('--task-queue <name>', 'task queue of the workers that run what is created here')
    .addOption(sealKeyOption())
    .option('--rate-limit <n>', 'requests a second that one caller may make', wholeNumber, 500)
    .option('--zeus-lease <duration>', "when a trial of Zeus's client is taken for lost", seconds, oneDaySeconds)
    .addOption(
      new Option('--zeus-policy <name>', "who chooses the batch sizes of jobs that Zeus's client registers")
        .choices(['zeus', 'wattbandit'])
        .default('zeus'),
    )
    .action(action(start));
}

async function start({ globals, output }: Session, options: StartOptions) {
  const { host, taskQueue } = options;
  // Loaded here only: other commands need no web server.
  const [{ startGateway }, { readTokens }] = await Promise.all([
    import('../../gateway/server.js'),
    import('../../gateway/tokens.js'),
  ]);
  const tokens = options.tokens === undefined ? null : await readTokens(options.tokens);
  if (!isLoopback(host)) requireCare(host, tokens !== null, globals.insecurePlaintext === true);
  const target = await findTarget(globals);
  const dataConverter = await dataConverterFor(await encryptionOf(globals));
  const connection = await connect(target);
  const interrupted = interruption();
  try {
    const gateway = await startGateway({
      client: new Client({ connection, namespace: target.namespace, dataConverter }),
      ...(taskQueue === undefined ? {} : { taskQueue }),
      ...{ host, port: options.port, tokens, requestsPerSecond: options.rateLimit },
      zeus: { leaseSeconds: options.zeusLease, policy: options.zeusPolicy },
      cover: await coverOf(globals, options.sealKey),
      version: packageManifest().version,
      say: (text) => output.talk(text),
    });
    const { url } = gateway;
    output.event(
      { event: 'ready', url, address: target.address, namespace: target.namespace },
      () => `Gateway at ${url}, to Temporal at ${target.address}. Ctrl-C ends it.`,
    );
    await untilAborted(interrupted);
    await gateway.close();
  } finally {
    await connection.close();
  }
  return interrupted.reason === 'SIGINT' ? exitCodes.interrupted : exitCodes.done;
}

/** Beyond this computer everybody could ask, and listen. */
function requireCare(host: string, hasTokens: boolean, insecurePlaintext: boolean): void {
  const missing = [
    ...(hasTokens ? [] : ['--tokens, so that not everybody may ask']),
    ...(insecurePlaintext ? [] : ['--insecure-plaintext, for tokens cross the network as they are']),
  ];
  if (missing.length === 0) return;
  const remedy = 'or leave it on 127.0.0.1 behind a proxy with TLS';
  throw new WattbanditError('invalid', `Cannot serve on ${host} without ${missing.join(' and ')}; ${remedy}.`);
}
