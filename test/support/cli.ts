/** The command line as its users run it: the compiled program, in a process of its own. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const root = resolve(__dirname, '..', '..');
const main = join(root, 'dist', 'worker', 'cli', 'main.js');
/** Program and first arguments. */
export const cliCommand = [process.execPath, main];

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Compiles if the sources are newer; `npm test` has done so already. */
export async function buildCli(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(root, 'scripts', 'prepare.mjs')], { cwd: root });
}

/** Nothing of the developer's Temporal: neither address nor profile nor a demonstration's server. */
function cliEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([key]) => !/^(TEMPORAL_|WATTBANDIT_)/.test(key));
  return {
    ...Object.fromEntries(own),
    TEMPORAL_CONFIG_FILE: join(root, 'no-such.toml'),
    WATTBANDIT_STATE: join(root, 'no-such-state'),
    ...env,
  };
}

export function startCli(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [main, ...args], { cwd: root, env: cliEnv(env), stdio: ['ignore', 'pipe', 'pipe'] });
}

export async function runCli(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = startCli(args, env);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (stderr += data.toString()));
  const code = await new Promise<number | null>((ended) => child.once('close', ended));
  return { code, stdout, stderr };
}

export interface Serving {
  /** The event that it was ready by. */
  readonly ready: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** A command that serves until it is stopped. */
export async function startServing(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Serving> {
  const child = startCli([...args, '-o', 'jsonl'], env);
  let complaints = '';
  child.stderr?.on('data', (data: Buffer) => (complaints += data.toString()));
  const ended = once(child, 'close');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  for await (const line of createInterface(child.stdout!)) {
    const ready: Record<string, string> = JSON.parse(line);
    if (ready['event'] !== 'ready') continue;
    child.stdout?.resume();
    return { ready, stop };
  }
  throw new Error(`${args.join(' ')} ended, saying ${complaints}`);
}

/** A command that serves while `use` runs, which gets the event that it is ready by. */
export async function servingCli<T>(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  use: (ready: Record<string, string>) => Promise<T>,
): Promise<T> {
  const child = startCli([...args, '-o', 'jsonl'], env);
  let complaints = '';
  child.stderr?.on('data', (data: Buffer) => (complaints += data.toString()));
  const ended = once(child, 'close');
  try {
    for await (const line of createInterface(child.stdout!)) {
      const event: Record<string, string> = JSON.parse(line);
      if (event['event'] === 'ready') return await use(event);
    }
    throw new Error(`it ended, saying ${complaints}`);
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}
