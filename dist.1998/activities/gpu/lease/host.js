"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.currentBootId = currentBootId;
exports.startOf = startOf;
/** What tells one life of this host from another, and one process from a later one with the same id. */
const node_child_process_1 = require("node:child_process");
const promises_1 = require("node:fs/promises");
const node_util_1 = require("node:util");
const run = (0, node_util_1.promisify)(node_child_process_1.execFile);
/** Drivers forget power limits when the host restarts, so a journal of another boot is void. */
async function currentBootId() {
    if (process.platform === 'linux')
        return (await (0, promises_1.readFile)('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    return (await run('sysctl', ['-n', 'kern.bootsessionuuid'])).stdout.trim();
}
/** When a process started, in the system's own words, only to be compared; undefined once it is gone. */
async function startOf(pid) {
    if (process.platform === 'linux')
        return startInTicks(pid);
    return run('ps', ['-o', 'lstart=', '-p', String(pid)]).then(({ stdout }) => stdout.trim() || undefined, () => undefined);
}
/** proc(5): the 22nd field. The second is the program's name in brackets, which may hold spaces and brackets. */
async function startInTicks(pid) {
    const stat = await (0, promises_1.readFile)(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}
//# sourceMappingURL=host.js.map