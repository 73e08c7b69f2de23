/**
 * Finds the processes of a run and ends them all. A process belongs to a run if its environment carries the run's token, which
 * children inherit even when they leave the process group (as the workers of torchrun do), or if it is in the group of the
 * process that was started.
 */
import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** A random value that only the processes of one start of a run have in their environment. */
export const tokenVariable = 'WATTBANDIT_RUN_TOKEN';

export interface ProcessIdentity {
  readonly pid: number;
  /** When it began, in the system's own words: process ids are given out again, together with this they are unique. */
  readonly birth: string;
}

export interface RunIdentity {
  readonly token: string;
  /** The process that was started, which leads its own group; null if nobody noted it down. */
  readonly leader: ProcessIdentity | null;
}

interface Listed extends ProcessIdentity {
  readonly group: number;
  readonly marked: boolean;
}

/** How long a killed process may take to vanish; one that hangs in a driver call may never do so. */
const killSeconds = 5;
const shortestPauseMs = 20;
const longestPauseMs = 200;

export async function identityOf(pid: number): Promise<ProcessIdentity | undefined> {
  if (process.platform === 'linux') return readProc(String(pid), '');
  return (await listByPs('')).find((listed) => listed.pid === pid);
}

export async function membersOf({ token, leader }: RunIdentity): Promise<readonly number[]> {
  const listed = await listProcesses(`${tokenVariable}=${token}`);
  const reused = leader !== null && listed.some(({ pid, birth }) => pid === leader.pid && birth !== leader.birth);
  const inGroup = ({ group }: Listed) => leader !== null && !reused && group === leader.pid;
  return listed.filter((entry) => entry.marked || inGroup(entry)).map(({ pid }) => pid);
}

/**
 * Asks the leader to end; when it has, asks whoever is left (a shell does not pass signals on); kills what is there after
 * `graceSeconds`. Not all at once: data loaders that die before their trainer make it fail instead of saving.
 * @throws Error naming the processes that do not die
 */
export async function endProcesses(run: RunIdentity, graceSeconds: number): Promise<void> {
  if (graceSeconds > 0 && (await asked(run, graceSeconds))) return;
  const left = await untilGone(run, killSeconds, (members) => signalAll(members, 'SIGKILL'));
  if (left.length === 0) return;
  throw new Error(
    `Cannot end the trainer: processes ${left.join(', ')} were killed and are still there; look for a hung driver.`,
  );
}

async function asked(run: RunIdentity, graceSeconds: number): Promise<boolean> {
  const told = new Set<number>();
  const ask = (members: readonly number[]) => {
    const leads = members.filter((pid) => pid === run.leader?.pid);
    const next = (leads.length > 0 ? leads : members).filter((pid) => !told.has(pid));
    for (const pid of next) told.add(pid);
    signalAll(next, 'SIGTERM');
  };
  return (await untilGone(run, graceSeconds, ask)).length === 0;
}

/** Looks again and again, acting on whoever is there, until nobody is or the time is over; answers who is left. */
async function untilGone(run: RunIdentity, seconds: number, act: (members: readonly number[]) => void) {
  const deadline = performance.now() + seconds * 1000;
  for (let pauseMs = shortestPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 1.5)) {
    const members = await membersOf(run);
    if (members.length === 0 || performance.now() >= deadline) return members;
    act(members);
    await sleep(pauseMs);
  }
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended meanwhile, or it is not ours to signal: the next look tells.
    }
  }
}

/** Every process that has not ended. A zombie has: its parent only did not look yet. */
async function listProcesses(mark: string): Promise<readonly Listed[]> {
  return process.platform === 'linux' ? listProc(mark) : listByPs(mark);
}

async function listProc(mark: string): Promise<readonly Listed[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const listed = await Promise.all(pids.map(async (pid) => readProc(pid, mark)));
  return listed.filter((entry) => entry !== undefined);
}

async function readProc(pid: string, mark: string): Promise<Listed | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  // The name in parentheses may itself contain any character.
  const [state, , group, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (state === undefined || group === undefined || /^[ZX]?$/.test(state)) return undefined;
  const environment = mark === '' ? '' : await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
  const marked = mark !== '' && environment.split('\0').includes(mark);
  return { pid: Number(pid), group: Number(group), birth: rest[16] ?? '', marked };
}

async function listByPs(mark: string): Promise<readonly Listed[]> {
  const columns = ['-A', '-E', '-ww', '-o', 'pid=,pgid=,stat=,lstart=,command='];
  const { stdout } = await promisify(execFile)('ps', columns, {
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
    maxBuffer: 2 ** 26,
  });
  return parsePs(stdout, mark);
}

/** For `ps -A -E -ww -o pid=,pgid=,stat=,lstart=,command=` as on macOS, where the environment follows the command. */
export function parsePs(text: string, mark: string): readonly Listed[] {
  return text.split('\n').flatMap((line) => {
    const [pid, group, state = 'Z', ...words] = line.trim().split(/ +/);
    if (state.startsWith('Z')) return [];
    const birth = words.slice(0, 5).join(' ');
    return [{ pid: Number(pid), group: Number(group), birth, marked: mark !== '' && words.includes(mark) }];
  });
}
