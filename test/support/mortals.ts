/** Processes for a test to kill; those that it leaves end with its suite. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { testAddress, testBundle } from './temporal';

const left: ChildProcess[] = [];
afterAll(() => left.forEach((child) => child.kill('SIGKILL')));

export function mortal<Child extends ChildProcess>(child: Child): Child {
  left.push(child);
  return child;
}

/** Returns once it polls. */
export async function startMortalWorker(taskQueue: string): Promise<ChildProcess> {
  const script = ['--require', join(__dirname, 'register.js'), join(__dirname, 'mortalWorker.ts')];
  const args = [...script, testAddress(), taskQueue, testBundle().codePath];
  const child = mortal(spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] }));
  await once(child.stdout, 'data');
  return child;
}

export async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
