"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.errnoOf = errnoOf;
exports.isErrno = isErrno;
/** How the operating system refused, as `ENOENT`. Not by `instanceof`: errors of Node come from another realm in jest. */
function errnoOf(error) {
    return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}
function isErrno(error, code) {
    return errnoOf(error) === code;
}
//# sourceMappingURL=errno.js.map