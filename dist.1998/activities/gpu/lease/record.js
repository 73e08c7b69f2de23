"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createLeaseLog = createLeaseLog;
exports.leaseRecords = leaseRecords;
exports.debtRecord = debtRecord;
/** Of one run. Of earlier tries, which found a GPU busy, only the debts that they paid are worth telling. */
function createLeaseLog() {
    let all;
    return {
        record(leases) {
            all = [...(all ?? []).filter(({ debt }) => debt === true), ...leases];
        },
        get all() {
            return all;
        },
    };
}
/** One for each GPU. */
function leaseRecords(changes, restored) {
    return changes.map(({ uuid: gpuUuid, priorWatts, setWatts }) => {
        const outcome = restored.find(({ uuid }) => uuid === gpuUuid);
        const change = priorWatts === undefined ? { gpuUuid, setWatts } : { gpuUuid, priorWatts, setWatts };
        return outcome === undefined ? { ...change, outcome: 'untouched' } : { ...change, ...ending(outcome) };
    });
}
/** What that run had set is in the journal that is gone by now. */
function debtRecord(restored) {
    return { gpuUuid: restored.uuid, setWatts: [], ...ending(restored), debt: true };
}
function ending(restored) {
    const { kind: outcome } = restored;
    if ('watts' in restored)
        return { outcome, watts: restored.watts };
    return 'reason' in restored ? { outcome, why: restored.reason } : { outcome };
}
//# sourceMappingURL=record.js.map