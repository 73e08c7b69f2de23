/** The worker's end of its sentinel: starts it, shows it signs of life, dismisses it, replaces it if it is killed. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DriverDescription } from './driverDescription';
import { reasonOf } from './errors';
import type { Holder } from './journal';
import { type Orders, lines } from './orders';

export interface SentinelOptions {
  /** The driver that the lease was given, for the sentinel to make its own. */
  readonly driver: DriverDescription;
  /** An event loop that stands still for so long is taken for hung and its process killed. */
  readonly hungAfterSeconds?: number;
}

export interface Sentinel {
  /** Unfinished: a limit could not be put back, let the sentinel go on trying. */
  end(how: 'done' | 'unfinished'): Promise<void>;
}

interface Guarded {
  readonly directory: string;
  readonly uuids: readonly string[];
  readonly holder: Holder;
}

type Child = ChildProcessByStdio<Writable, Readable, null>;

const defaultHungAfterSeconds = 60;
const startWithinMs = 30_000;
const endWithinMs = 1000;
const replaceAfterMs = 500;

/** Answers once the sentinel stands by: nothing may be changed before. */
export async function startSentinel(options: SentinelOptions, guarded: Guarded): Promise<Sentinel> {
  const { driver, hungAfterSeconds = defaultHungAfterSeconds } = options;
  const { directory, uuids, holder } = guarded;
  const orders = { directory, uuids, driver, hungAfterSeconds };
  const guard = new Guard({ ...orders, workerPid: holder.pid, workerStartedAt: holder.pidStartedAt });
  try {
    await guard.start();
    return guard;
  } catch (error) {
    await guard.end('unfinished');
    throw error;
  }
}

class Guard implements Sentinel {
  readonly #orders: Orders;
  readonly #renewal: NodeJS.Timeout;
  #child: Child | undefined;
  #ended = false;

  constructor(orders: Orders) {
    this.#orders = orders;
    const everyMs = (orders.hungAfterSeconds * 1000) / 8;
    this.#renewal = setInterval(() => this.#child?.stdin.write(lines.alive), everyMs).unref();
  }

  async start(): Promise<void> {
    const child = spawnSentinel(this.#orders);
    // A sentinel that is gone does not read; its exit says all.
    child.stdin.on('error', () => {});
    await readiness(child, this.#orders).catch((error: unknown) => {
      child.kill('SIGKILL');
      throw error;
    });
    this.#child = child;
    child.once('exit', () => void this.#replace());
    if (this.#ended) await this.#dismiss(child, 'done');
  }

  async end(how: 'done' | 'unfinished'): Promise<void> {
    this.#ended = true;
    clearInterval(this.#renewal);
    if (this.#child !== undefined) await this.#dismiss(this.#child, how);
  }

  async #dismiss(child: Child, how: 'done' | 'unfinished'): Promise<void> {
    child.stdin.end(how === 'done' ? lines.done : '');
    if (how === 'unfinished' || child.exitCode !== null || child.signalCode !== null) return;
    // Else a process with nothing more to do than this would end here, before its caller has the result.
    child.ref();
    await once(child, 'exit', { signal: AbortSignal.timeout(endWithinMs) }).catch(() => child.unref());
  }

  async #replace(): Promise<void> {
    const guarded = `GPUs ${this.#orders.uuids.join(', ')}`;
    if (!this.#ended) process.emitWarning(`The sentinel of ${guarded} was killed; another one takes its place.`);
    // Without haste: what killed this one, such as a lack of memory, may kill the next.
    for (await pause(); !this.#ended; await pause()) {
      try {
        return await this.start();
      } catch (error) {
        process.emitWarning(reasonOf(error));
      }
    }
  }
}

const pause = () => sleep(replaceAfterMs, undefined, { ref: false });

/** In a session of its own, so that neither a terminal nor the death of the worker's group ends it. */
function spawnSentinel(orders: Orders): Child {
  const extension = extname(__filename);
  // From the sources it needs what lets this process run them.
  const loader = extension === '.ts' ? process.execArgv : [];
  const child = spawn(process.execPath, [...loader, join(__dirname, `sentinel${extension}`), JSON.stringify(orders)], {
    detached: true,
    // What the worker loads for itself, say to trace or to inspect, is not for the sentinel.
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.unref();
  return child;
}

async function readiness(child: Child, { uuids }: Orders): Promise<void> {
  const answer = await Promise.race([
    firstLine(child.stdout),
    once(child, 'error').then(([error]) => reasonOf(error)),
    sleep(startWithinMs, `it is silent for ${startWithinMs / 1000} s`, { ref: false }),
  ]);
  child.stdout.destroy();
  if (answer !== lines.ready.trim()) {
    throw new Error(`Cannot guard GPUs ${uuids.join(', ')} against a killed worker: ${answer || 'the sentinel died'}`);
  }
}

async function firstLine(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text.trim();
}
