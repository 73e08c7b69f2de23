/** What the operating system knows of a process that may belong to somebody else. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isErrno } from './errno';

export const run = promisify(execFile);

/** What a program that {@link run} saw fail said of it, line by line; without a word from it, why it did not run. */
export function complaint(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [String(error)];
  const said = ['stderr', 'stdout'].map((stream) => String(Reflect.get(error, stream) ?? '').trim());
  return (said.find((text) => text !== '') ?? String(Reflect.get(error, 'message'))).split('\n');
}

/** Whether a process exists and has not ended; one that nobody reaped (a zombie) has ended. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return isErrno(error, 'EPERM');
  }
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return !/\) [ZX] /.test(status);
}

/** Whether `pid` is alive and its command line names `argument`: process ids are given out again. */
export async function isRunning(pid: number, argument: string): Promise<boolean> {
  if (!(await isAlive(pid))) return false;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => listedCommand(pid));
  return command.includes(argument);
}

async function listedCommand(pid: number): Promise<string> {
  return run('ps', ['-ww', '-o', 'args=', '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    () => '',
  );
}

/** Asks the process to end, insists after ten seconds, and returns when it has. */
export async function stopProcess(pid: number, first: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  signal(pid, first);
  const insistAt = Date.now() + 10_000;
  for (let insisted = false; await isAlive(pid); await sleep(20)) {
    if (insisted || Date.now() < insistAt) continue;
    signal(pid, 'SIGKILL');
    insisted = true;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!isErrno(error, 'ESRCH')) throw error;
  }
}
