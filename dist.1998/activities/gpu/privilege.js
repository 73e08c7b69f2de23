"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.hasSysAdmin = hasSysAdmin;
/** Whether the kernel lets this process change GPUs: known before a set is refused. */
const node_fs_1 = require("node:fs");
const sysAdmin = 21n;
/** CAP_SYS_ADMIN is what the NVIDIA driver asks for; root in a container often lacks it. */
function hasSysAdmin(status = statusOfThisProcess()) {
    const [, mask] = /^CapEff:\s*([\da-f]+)$/m.exec(status ?? '') ?? [];
    if (mask === undefined)
        return process.geteuid?.() === 0;
    return ((BigInt(`0x${mask}`) >> sysAdmin) & 1n) === 1n;
}
function statusOfThisProcess() {
    try {
        return (0, node_fs_1.readFileSync)('/proc/self/status', 'utf8');
    }
    catch {
        return undefined;
    }
}
//# sourceMappingURL=privilege.js.map