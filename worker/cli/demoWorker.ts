/** A worker as a process of its own, replaced when it dies: what a supervisor does for a real one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WattbanditError } from '../errors';
import type { Output } from './output';

export interface DemoWorkerOptions {
  /** Of `wattbandit worker start`. */
  readonly arguments: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Where what it says goes. */
  readonly logFile: string;
}

/** A worker that lives shorter than this has not got to work. */
const shortLifeMilliseconds = 5000;
const maxShortLives = 3;

export class DemoWorker {
  private child: ChildProcess | undefined;
  private stopping = false;
  private shortLives = 0;
  /** Rejects when the worker dies again and again. */
  readonly failed: Promise<never>;
  private fail: (error: Error) => void = () => {};

  constructor(
    private readonly options: DemoWorkerOptions,
    private readonly output: Output,
  ) {
    this.failed = new Promise((_, reject) => {
      this.fail = reject;
    });
    // It may fail while nobody waits; whoever waits later hears of it all the same.
    this.failed.catch(() => {});
    mkdirSync(dirname(options.logFile), { recursive: true });
  }

  start(): void {
    const log = openSync(this.options.logFile, 'a');
    const startedAt = Date.now();
    const main = join(__dirname, 'main.js');
    const child = spawn(process.execPath, [main, 'worker', 'start', '--until-stdin-ends', ...this.options.arguments], {
      env: this.options.env,
      stdio: ['pipe', log, log],
      // Ctrl-C in the terminal is for the demonstration, which then ends the worker in good order.
      detached: true,
    });
    closeSync(log);
    this.child = child;
    this.output.talk(`worker started (process ${child.pid})`);
    child.once('error', (error) => this.fail(error));
    child.once('exit', (code, signal) => this.replace(signal ?? `exit code ${code}`, Date.now() - startedAt));
  }

  private replace(how: string, livedMilliseconds: number): void {
    this.child = undefined;
    if (this.stopping) return;
    this.shortLives = livedMilliseconds < shortLifeMilliseconds ? this.shortLives + 1 : 0;
    if (this.shortLives >= maxShortLives) {
      const said = readFileSync(this.options.logFile, 'utf8').trimEnd().split('\n').slice(-5).join('\n');
      this.fail(new WattbanditError('unavailable', `Cannot keep a worker running: it ended (${how}), saying\n${said}`));
      return;
    }
    this.output.talk(
      `the worker died (${how}); another one takes over what it did as soon as Temporal misses it, in 10 s or so`,
    );
    this.start();
  }

  /** Lets it finish what it does, for a while. */
  async stop(): Promise<void> {
    this.stopping = true;
    const { child } = this;
    if (child === undefined) return;
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const patience = new AbortController();
    const late = sleep(10_000, undefined, { signal: patience.signal }).then(
      () => child.kill('SIGKILL'),
      () => {},
    );
    await exited;
    patience.abort();
    await late;
  }
}
