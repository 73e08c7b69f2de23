"use strict";
/** What sources throw: the kind says what a caller may do, the message what a person may do. Neither holds a secret. */
Object.defineProperty(exports, "__esModule", { value: true });
exports.SourceError = void 0;
exports.sourceErrorFor = sourceErrorFor;
exports.mayPass = mayPass;
/** Without a `cause`: what Node's fetch throws may quote headers, and a history would keep it. */
class SourceError extends Error {
    kind;
    reason;
    name = 'SourceError';
    status;
    retryAfterSeconds;
    constructor(kind, 
    /** ‹meaning›; ‹remedy› */
    reason, { action, status, retryAfterSeconds } = {}) {
        super(action === undefined ? reason : `Cannot ${action}: ${reason}.`);
        this.kind = kind;
        this.reason = reason;
        this.status = status;
        this.retryAfterSeconds = retryAfterSeconds;
    }
}
exports.SourceError = SourceError;
/** The same failure, told with what was tried. Of an error that is not a source's own nothing but its name is told. */
function sourceErrorFor(action, error) {
    if (error instanceof SourceError) {
        const { kind, reason, status, retryAfterSeconds } = error;
        return new SourceError(kind, reason, { action, status, retryAfterSeconds });
    }
    const name = error instanceof Error ? error.name : typeof error;
    return new SourceError('unavailable', `its adapter failed with ${name}; see the log of whoever wrote it`, { action });
}
function mayPass({ kind }) {
    return kind === 'unavailable' || kind === 'unusable';
}
//# sourceMappingURL=error.js.map