"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.runNvidiaSmi = runNvidiaSmi;
exports.wattsIn = wattsIn;
exports.onOrOff = onOrOff;
/** Runs `nvidia-smi` and tells its failures, which it prints on standard output; its exit codes are NVML's return codes. */
const node_child_process_1 = require("node:child_process");
const error_1 = require("./error");
const nvmlErrors_1 = require("./nvmlErrors");
/** Resolves to what it printed, if it exited with 0. */
function runNvidiaSmi({ program, timeoutSeconds }, args) {
    return new Promise((resolve, reject) => {
        (0, node_child_process_1.execFile)(program, args, { timeout: timeoutSeconds * 1000, killSignal: 'SIGKILL' }, (error, stdout) => {
            if (error === null)
                return resolve(stdout);
            if (typeof error.code === 'number')
                return reject(failureFor(error.code, stdout));
            const waited = error.killed === true ? `${program} gave no answer in ${timeoutSeconds} s; try again` : undefined;
            const reason = waited ?? `${program} cannot be run (${error.message}); install the tools of the NVIDIA driver`;
            return reject(new error_1.GpuError('unavailable', reason, { cause: error }));
        });
    });
}
function failureFor(exitCode, stdout) {
    const [kind, meaning] = (0, nvmlErrors_1.nvmlMeaningOf)(exitCode);
    const [said = ''] = stdout.trim().split('\n');
    return new error_1.GpuError(kind, `${meaning} (nvidia-smi: ${said}, exit code ${exitCode})`);
}
/** Undefined where the hardware has no such value: all other failures stand in brackets too, and the program exits with 0. */
function wattsIn(cell) {
    if (/^\d+(\.\d+)?$/.test(cell))
        return Number(cell);
    if (cell === '[N/A]' || cell === '[Not Supported]')
        return undefined;
    const kind = cellKinds[cell] ?? 'unavailable';
    throw new error_1.GpuError(kind, `nvidia-smi answers ${cell}; see nvidia-smi -q and the kernel log for Xid messages`);
}
const cellKinds = {
    '[GPU is lost]': 'lost',
    '[GPU requires reset]': 'lost',
    '[Insufficient Permissions]': 'forbidden',
};
function onOrOff(cell) {
    return cell === 'Enabled' ? true : cell === 'Disabled' ? false : undefined;
}
//# sourceMappingURL=nvidiaSmiProgram.js.map