"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.run = void 0;
exports.complaint = complaint;
exports.isAlive = isAlive;
exports.isRunning = isRunning;
exports.stopProcess = stopProcess;
/** What the operating system knows of a process that may belong to somebody else. */
const node_child_process_1 = require("node:child_process");
const promises_1 = require("node:fs/promises");
const promises_2 = require("node:timers/promises");
const node_util_1 = require("node:util");
const errno_1 = require("./errno");
exports.run = (0, node_util_1.promisify)(node_child_process_1.execFile);
/** What a program that {@link run} saw fail said of it, line by line; without a word from it, why it did not run. */
function complaint(error) {
    if (typeof error !== 'object' || error === null)
        return [String(error)];
    const said = ['stderr', 'stdout'].map((stream) => String(Reflect.get(error, stream) ?? '').trim());
    return (said.find((text) => text !== '') ?? String(Reflect.get(error, 'message'))).split('\n');
}
/** Whether a process exists and has not ended; one that nobody reaped (a zombie) has ended. */
async function isAlive(pid) {
    try {
        process.kill(pid, 0);
    }
    catch (error) {
        return (0, errno_1.isErrno)(error, 'EPERM');
    }
    const status = await (0, promises_1.readFile)(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    return !/\) [ZX] /.test(status);
}
/** Whether `pid` is alive and its command line names `argument`: process ids are given out again. */
async function isRunning(pid, argument) {
    if (!(await isAlive(pid)))
        return false;
    const command = await (0, promises_1.readFile)(`/proc/${pid}/cmdline`, 'utf8').catch(() => listedCommand(pid));
    return command.includes(argument);
}
async function listedCommand(pid) {
    return (0, exports.run)('ps', ['-ww', '-o', 'args=', '-p', String(pid)]).then(({ stdout }) => stdout, () => '');
}
/** Asks the process to end, insists after ten seconds, and returns when it has. */
async function stopProcess(pid, first = 'SIGTERM') {
    signal(pid, first);
    const insistAt = Date.now() + 10_000;
    for (let insisted = false; await isAlive(pid); await (0, promises_2.setTimeout)(20)) {
        if (insisted || Date.now() < insistAt)
            continue;
        signal(pid, 'SIGKILL');
        insisted = true;
    }
}
function signal(pid, name) {
    try {
        process.kill(pid, name);
    }
    catch (error) {
        if (!(0, errno_1.isErrno)(error, 'ESRCH'))
            throw error;
    }
}
//# sourceMappingURL=processes.js.map