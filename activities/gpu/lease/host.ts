/** What tells one life of this host from another, and one process from a later one with the same id. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Drivers forget power limits when the host restarts, so a journal of another boot is void. */
export async function currentBootId(): Promise<string> {
  if (process.platform === 'linux') return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  return (await run('sysctl', ['-n', 'kern.bootsessionuuid'])).stdout.trim();
}

/** When a process started, in the system's own words, only to be compared; undefined once it is gone. */
export async function startOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return startInTicks(pid);
  return run('ps', ['-o', 'lstart=', '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim() || undefined,
    () => undefined,
  );
}

/** proc(5): the 22nd field. The second is the program's name in brackets, which may hold spaces and brackets. */
async function startInTicks(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}
