"use strict";
/** Reading back what a policy once remembered: only what this version wrote, and never a new beginning in silence. */
Object.defineProperty(exports, "__esModule", { value: true });
exports.recallVersion = recallVersion;
/** `Memory` names a version; a memory of another shape, or of a version not known here, stops the job instead of misleading it. */
function recallVersion(policy, known, stored) {
    if (isLike(known, stored))
        return stored;
    const found = typeof stored === 'object' && stored !== null && 'version' in stored ? stored.version : 'none';
    throw new Error(`Cannot recall what policy ${policy} remembered: it is of version ${String(found)}, this program reads ${known.version}; run the version that wrote it, or a newer one.`);
}
function isLike(known, stored) {
    if (typeof stored !== 'object' || stored === null)
        return false;
    const fields = new Map(Object.entries(stored));
    return fields.get('version') === known.version && Object.keys(known).every((name) => fields.has(name));
}
//# sourceMappingURL=recall.js.map