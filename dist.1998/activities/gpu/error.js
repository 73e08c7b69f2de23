"use strict";
/** What GPU drivers throw: the kind says what a caller may do, the message what a person may do. */
Object.defineProperty(exports, "__esModule", { value: true });
exports.GpuError = void 0;
exports.gpuErrorFor = gpuErrorFor;
exports.messageOf = messageOf;
exports.codeOf = codeOf;
class GpuError extends Error {
    kind;
    reason;
    name = 'GpuError';
    constructor(kind, 
    /** ‹meaning›; ‹remedy› */
    reason, { action, cause } = {}) {
        super(action === undefined ? reason : `Cannot ${action}: ${reason}.`, { cause });
        this.kind = kind;
        this.reason = reason;
    }
}
exports.GpuError = GpuError;
/** The same failure, told with what was tried. */
function gpuErrorFor(action, cause) {
    if (cause instanceof GpuError)
        return new GpuError(cause.kind, cause.reason, { action, cause });
    return new GpuError('unavailable', messageOf(cause), { action, cause });
}
function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}
/** The operating system's word for a failure, such as EACCES. */
function codeOf(error) {
    return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
//# sourceMappingURL=error.js.map