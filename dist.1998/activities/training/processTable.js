"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.tokenVariable = void 0;
exports.identityOf = identityOf;
exports.membersOf = membersOf;
exports.endProcesses = endProcesses;
exports.parsePs = parsePs;
/**
 * Finds the processes of a run and ends them all. A process belongs to a run if its environment carries the run's token, which
 * children inherit even when they leave the process group (as the workers of torchrun do), or if it is in the group of the
 * process that was started.
 */
const node_child_process_1 = require("node:child_process");
const promises_1 = require("node:fs/promises");
const promises_2 = require("node:timers/promises");
const node_util_1 = require("node:util");
/** A random value that only the processes of one start of a run have in their environment. */
exports.tokenVariable = 'WATTBANDIT_RUN_TOKEN';
/** How long a killed process may take to vanish; one that hangs in a driver call may never do so. */
const killSeconds = 5;
const shortestPauseMs = 20;
const longestPauseMs = 200;
async function identityOf(pid) {
    if (process.platform === 'linux')
        return readProc(String(pid), '');
    return (await listByPs('')).find((listed) => listed.pid === pid);
}
async function membersOf({ token, leader }) {
    const listed = await listProcesses(`${exports.tokenVariable}=${token}`);
    const reused = leader !== null && listed.some(({ pid, birth }) => pid === leader.pid && birth !== leader.birth);
    const inGroup = ({ group }) => leader !== null && !reused && group === leader.pid;
    return listed.filter((entry) => entry.marked || inGroup(entry)).map(({ pid }) => pid);
}
/**
 * Asks the leader to end; when it has, asks whoever is left (a shell does not pass signals on); kills what is there after
 * `graceSeconds`. Not all at once: data loaders that die before their trainer make it fail instead of saving.
 * @throws Error naming the processes that do not die
 */
async function endProcesses(run, graceSeconds) {
    if (graceSeconds > 0 && (await asked(run, graceSeconds)))
        return;
    const left = await untilGone(run, killSeconds, (members) => signalAll(members, 'SIGKILL'));
    if (left.length === 0)
        return;
    throw new Error(`Cannot end the trainer: processes ${left.join(', ')} were killed and are still there; look for a hung driver.`);
}
async function asked(run, graceSeconds) {
    const told = new Set();
    const ask = (members) => {
        const leads = members.filter((pid) => pid === run.leader?.pid);
        const next = (leads.length > 0 ? leads : members).filter((pid) => !told.has(pid));
        for (const pid of next)
            told.add(pid);
        signalAll(next, 'SIGTERM');
    };
    return (await untilGone(run, graceSeconds, ask)).length === 0;
}
/** Looks again and again, acting on whoever is there, until nobody is or the time is over; answers who is left. */
async function untilGone(run, seconds, act) {
    const deadline = performance.now() + seconds * 1000;
    for (let pauseMs = shortestPauseMs;; pauseMs = Math.min(longestPauseMs, pauseMs * 1.5)) {
        const members = await membersOf(run);
        if (members.length === 0 || performance.now() >= deadline)
            return members;
        act(members);
        await (0, promises_2.setTimeout)(pauseMs);
    }
}
function signalAll(pids, signal) {
    for (const pid of pids) {
        try {
            process.kill(pid, signal);
        }
        catch {
            // It ended meanwhile, or it is not ours to signal: the next look tells.
        }
    }
}
/** Every process that has not ended. A zombie has: its parent only did not look yet. */
async function listProcesses(mark) {
    return process.platform === 'linux' ? listProc(mark) : listByPs(mark);
}
async function listProc(mark) {
    const pids = (await (0, promises_1.readdir)('/proc')).filter((name) => /^\d+$/.test(name));
    const listed = await Promise.all(pids.map(async (pid) => readProc(pid, mark)));
    return listed.filter((entry) => entry !== undefined);
}
async function readProc(pid, mark) {
    const stat = await (0, promises_1.readFile)(`/proc/${pid}/stat`, 'latin1').catch(() => '');
    // The name in parentheses may itself contain any character.
    const [state, , group, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === undefined || group === undefined || /^[ZX]?$/.test(state))
        return undefined;
    const environment = mark === '' ? '' : await (0, promises_1.readFile)(`/proc/${pid}/environ`, 'latin1').catch(() => '');
    const marked = mark !== '' && environment.split('\0').includes(mark);
    return { pid: Number(pid), group: Number(group), birth: rest[16] ?? '', marked };
}
async function listByPs(mark) {
    const columns = ['-A', '-E', '-ww', '-o', 'pid=,pgid=,stat=,lstart=,command='];
    const { stdout } = await (0, node_util_1.promisify)(node_child_process_1.execFile)('ps', columns, {
        env: { PATH: process.env['PATH'], LC_ALL: 'C' },
        maxBuffer: 2 ** 26,
    });
    return parsePs(stdout, mark);
}
/** For `ps -A -E -ww -o pid=,pgid=,stat=,lstart=,command=` as on macOS, where the environment follows the command. */
function parsePs(text, mark) {
    return text.split('\n').flatMap((line) => {
        const [pid, group, state = 'Z', ...words] = line.trim().split(/ +/);
        if (state.startsWith('Z'))
            return [];
        const birth = words.slice(0, 5).join(' ');
        return [{ pid: Number(pid), group: Number(group), birth, marked: mark !== '' && words.includes(mark) }];
    });
}
//# sourceMappingURL=processTable.js.map