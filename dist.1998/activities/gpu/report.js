"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.unusableBecause = unusableBecause;
exports.sharedBecause = sharedBecause;
exports.unreadable = unreadable;
const error_1 = require("./error");
/** What rules a GPU out whatever drives it. */
function unusableBecause({ uuid, limits, mig }) {
    if (mig === true) {
        return `MIG is on, and a limit holds for all its slices; turn it off (nvidia-smi -i ${uuid} -mig 0) or leave this GPU out`;
    }
    return limits === undefined ? 'it has no settable power limit, as many laptop GPUs; leave this GPU out' : undefined;
}
/**
 * Why a GPU that no run of ours holds is left out all the same, and the remedy. A limit would slow the others' programs, and
 * their energy would count as the run's.
 */
function sharedBecause({ uuid, processes = 0 }) {
    if (processes === 0)
        return undefined;
    const computing = processes === 1 ? 'a program of others computes' : `${processes} programs of others compute`;
    return `${computing} on it; end what nvidia-smi -i ${uuid} shows, or set allowShared in the worker's configuration`;
}
/** A GPU that is there and does not answer. */
function unreadable(uuid, error) {
    const unusable = error instanceof error_1.GpuError ? error.reason : (0, error_1.messageOf)(error);
    return { uuid, model: 'unknown', energy: 'none', unusable };
}
//# sourceMappingURL=report.js.map