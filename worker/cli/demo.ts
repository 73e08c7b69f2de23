/** `wattbandit demo`: a few dozen recurrences of a recorded job on simulated GPUs, with a real server and a real worker. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { Command } from 'commander';
import type { Ledger } from '../../workflows/messages';
import { JobClient } from '../client';
import { packagedGrid } from '../packaged';
import { dataConverterFor } from '../encryption/dataConverter';
import { withLockFile } from '../lockFile';
import { type Server, findServer, makeState, stateDirectory } from '../server';
import { type DemoJob, demoJob } from './demoJob';
import { type SlotLine, createSums, reportOf, reportText, slotHeading, slotLine } from './demoReport';
import { isEnded, ledgerOf, makePlan, runSlots } from './demoSlots';
import { DemoWorker } from './demoWorker';
import { encryptionOf } from './encryption';
import { type ExitCode, exitCodes } from './failures';
import { interruption, untilAborted } from './interruption';
import { instant } from './numbers';
import { wholeNumber } from './options';
import { Progress } from './progress';
import { type GlobalOptions, type Session, action } from './session';

interface DemoOptions {
  readonly gpu: string;
  readonly job: string;
  readonly recurrences: number;
  readonly keep?: boolean;
}

/** Of its own, so that no other worker of a configured server trains the demonstration, nor this one anything else. */
const taskQueue = 'wattbandit-demo';

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('watch wattbandit learn: a minute, no GPU, no account')
    .option('--gpu <model>', 'as recorded: v100, a40, rtx6000', 'v100')
    .option('--job <dataset>', 'as recorded: cifar100, imagenet, squad, …', 'cifar100')
    .option('--recurrences <n>', 'how many to run', wholeNumber, 36)
    .option('--keep', 'keep server and worker running at the end, to look around')
    .action(action(demonstrate));
}

/** One at a time for a state directory: its server and its job belong to whoever runs them. */
async function demonstrate(session: Session, options: DemoOptions): Promise<ExitCode> {
  const demo = demoJob(options.gpu, options.job);
  const interrupted = interruption();
  const { output } = session;
  const state = stateDirectory();
  const onWait = (pid: number) =>
    output.talk(`another demonstration (process ${pid}) runs in ${state}; this one waits until it has ended …`);
  try {
    await makeState(state);
    await withLockFile(join(state, 'demo.lock'), () => play(session, options, demo, interrupted), {
      onWait,
      signal: interrupted,
    });
  } catch (error) {
    if (!interrupted.aborted) throw error;
    output.talk('interrupted; `npm start` goes on from here');
  }
  return interrupted.aborted ? exitCodes.interrupted : exitCodes.done;
}

async function play(session: Session, options: DemoOptions, demo: DemoJob, interrupted: AbortSignal): Promise<void> {
  const { output } = session;
  const env = environment(session.globals);
  const { insecurePlaintext } = session.globals;
  const onProgress = (text: string) => output.talk(text);
  const server = await findServer({ env, onProgress, signal: interrupted, insecurePlaintext });
  const worker = new DemoWorker(
    {
      arguments: [
        ...['-c', await writeWorkerConfig(demo)],
        ...['--address', server.address, '--namespace', server.namespace, '--log-level', 'warn'],
        ...(insecurePlaintext === true ? ['--insecure-plaintext'] : []),
      ],
      env,
      logFile: join(stateDirectory(), 'demo-worker.log'),
    },
    output,
  );
  const over = new AbortController();
  const signal = AbortSignal.any([interrupted, over.signal]);
  try {
    const pages = server.uiAddress === undefined ? '' : `, its pages at ${server.uiAddress}`;
    output.talk(`Temporal at ${server.address}${pages}`);
    interrupted.throwIfAborted();
    worker.start();
    await Promise.race([runDemo({ session, options, demo, server, signal }), worker.failed, server.lost(signal)]);
  } finally {
    over.abort();
    await worker.stop();
    await server.stop();
  }
}

interface Demonstration {
  readonly session: Session;
  readonly options: DemoOptions;
  readonly demo: DemoJob;
  readonly server: Server;
  readonly signal: AbortSignal;
}

async function runDemo(demonstration: Demonstration): Promise<void> {
  const { session, options, demo, server, signal } = demonstration;
  const { output } = session;
  const dataConverter = await dataConverterFor(await encryptionOf(session.globals));
  const connection = await Connection.connect(server.connectionOptions);
  try {
    const client = new Client({ connection, namespace: server.namespace, dataConverter });
    const jobs = new JobClient(client, { taskQueue });
    await jobs.create(demo.spec, { paused: true });
    const ledger = await followed(demonstration, jobs, connection);
    output.one(
      { event: 'end', ...reportOf(demo, ledger) },
      (style) => `${reportText(demo, ledger, style)}\n${nextSteps(options, demo, server)}`,
    );
    if (options.keep !== true) return;
    output.talk('server and worker stay up; Ctrl-C ends them');
    await untilAborted(signal);
  } finally {
    await connection.close();
  }
}

/** Runs the slots and prints each as it ends. */
async function followed(demonstration: Demonstration, jobs: JobClient, connection: Connection): Promise<Ledger> {
  const {
    session: { output },
    options,
    demo,
    signal,
  } = demonstration;
  const { job } = demo.spec;
  const before = await ledgerOf({ jobs, connection, signal }, job);
  const steps = await makePlan(jobs, job, options.recurrences, before);
  if (steps.done > 0) {
    const rest = steps.outstanding ? 'finishes what was begun' : 'goes on with the next slots';
    output.talk(`${steps.done} recurrences of ${job} are remembered; this run ${rest}, until ${instant(steps.until)}`);
  }
  output.event({ event: 'begin', ...steps }, (style) => style.bold(slotHeading));
  const progress = new Progress(output);
  const print = printer(demo, before, (line) => {
    progress.clear();
    output.event({ event: 'slot', ...line }, () => slotLine(line, process.stdout.columns ?? 140));
  });
  const onLedger = (ledger: Ledger) => {
    print(ledger);
    const open = ledger.slots.find((slot) => !isEnded(slot));
    if (open !== undefined) progress.say(`training for slot ${instant(open.slot)} …`);
  };
  const ledger = await runSlots(steps, { jobs, connection, signal, onLedger, onWait: (text) => output.talk(text) });
  progress.clear();
  return ledger;
}

/** Prints slots that have ended since, in their order. */
function printer(demo: DemoJob, before: Ledger, print: (line: SlotLine) => void) {
  const endedBefore = before.slots.filter(isEnded);
  const joules = before.totals.joules;
  const next = createSums(demo, { joules, slots: before.totals.slots.ran + before.totals.slots.failed });
  const printed = new Set(endedBefore.map(({ slot }) => slot));
  return ({ slots }: Ledger) => {
    for (const slot of slots) {
      if (!isEnded(slot)) return;
      if (printed.has(slot.slot)) continue;
      printed.add(slot.slot);
      print(next(slot));
    }
  };
}

function nextSteps({ gpu, job }: DemoOptions, demo: DemoJob, server: Server): string {
  const pages = server.uiAddress === undefined ? 'your Temporal server’s' : server.uiAddress;
  return `
Try next:
  npm start -- --keep                                  the next slots; then everything stays up for a look around
  npx wattbandit decision explain ${demo.spec.job}   why, in another terminal, while it is up
  npx wattbandit simulate --gpu ${gpu} --job ${job}    against Zeus's own policy, without a server
Temporal's pages: ${pages} (while it is up)`;
}

/** Flags win over the environment for server and worker alike. */
function environment({ address, namespace, profile, encryption }: GlobalOptions): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...(address === undefined ? {} : { TEMPORAL_ADDRESS: address }),
    ...(namespace === undefined ? {} : { TEMPORAL_NAMESPACE: namespace }),
    ...(profile === undefined ? {} : { TEMPORAL_PROFILE: profile }),
    ...(encryption === undefined ? {} : { WATTBANDIT_ENCRYPTION: encryption }),
  };
}

/** As JSON, which YAML contains. */
async function writeWorkerConfig({ gpu, speed }: DemoJob): Promise<string> {
  const carbon = { provider: 'recorded', kind: 'average', zone: 'CISO', file: packagedGrid, repeat: true };
  const hardware = { kind: 'simulated', gpu, speed };
  const overrides = { allowUnsigned: true };
  const file = join(stateDirectory(), 'demo-worker.yaml');
  await writeFile(file, JSON.stringify({ version: 1, taskQueue, hardware, carbon, overrides }, undefined, 2));
  return file;
}
