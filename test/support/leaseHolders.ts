/** Starts processes that hold leases, for a test to kill, and finds their sentinels. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HolderOrders } from './leaseHolder';

export interface Holder {
  readonly process: ChildProcess;
  /** What it reported, in order. */
  readonly said: unknown[];
  hears(what: unknown): Promise<void>;
  end(signal: NodeJS.Signals): Promise<void>;
}

export function startHolder(orders: HolderOrders, env: NodeJS.ProcessEnv = {}): Holder {
  const script = [
    '--require',
    join(__dirname, 'register.js'),
    join(__dirname, 'leaseHolder.ts'),
    JSON.stringify(orders),
  ];
  const stdio = ['ignore', 'pipe', 'ignore'] as const;
  const child = spawn(process.execPath, script, { env: { ...process.env, ...env }, stdio: [...stdio] });
  const said: unknown[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => said.push(JSON.parse(line)));
  return {
    process: child,
    said,
    hears: (what) =>
      until(
        () => said.includes(what),
        () => `${JSON.stringify(what)} in ${JSON.stringify(said)}`,
      ),
    async end(signal) {
      const ended = once(child, 'close');
      child.kill(signal);
      await ended;
    },
  };
}

export async function until(holds: () => boolean, what: () => string): Promise<void> {
  const giveUpAt = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > giveUpAt) throw new Error(`Cannot wait any longer for ${what()}`);
    await sleep(2);
  }
}

/** The running sentinels of leases in this directory, which their orders name. */
export function sentinelsOf(directory: string): readonly number[] {
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  return pids
    .filter((pid) => /sentinel\.[jt]s\0.*/.test(commandOf(pid)) && commandOf(pid).includes(directory))
    .map(Number);
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
