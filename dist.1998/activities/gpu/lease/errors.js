"use strict";
/** Errors of the lease, and the reading of others' errors. */
Object.defineProperty(exports, "__esModule", { value: true });
exports.GpuBusy = void 0;
exports.codeOf = codeOf;
exports.reasonOf = reasonOf;
/** Another run holds the GPU: wait and try again, or go to another host. */
class GpuBusy extends Error {
    uuid;
    name = 'GpuBusy';
    constructor(uuid, holder) {
        super(`Cannot hold GPU ${uuid}: ${holder} holds it; wait for it or go to another host.`);
        this.uuid = uuid;
    }
}
exports.GpuBusy = GpuBusy;
/** Not by `instanceof`: errors of Node come from another realm in jest. */
function codeOf(error) {
    return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}
function reasonOf(error) {
    return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}
//# sourceMappingURL=errors.js.map