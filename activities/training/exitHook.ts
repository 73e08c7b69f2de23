/** The last resort: a worker that ends without stopping its trainers, on an uncaught error say, takes them along. */

const leaders = new Set<number>();
let hooked = false;

/** `pid` leads a process group of its own. */
export function killAtExit(pid: number): void {
  leaders.add(pid);
  if (hooked) return;
  hooked = true;
  process.once('exit', () => leaders.forEach(killGroup));
}

export function forgetAtExit(pid: number): void {
  leaders.delete(pid);
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone.
  }
}
