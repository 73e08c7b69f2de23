"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.seenBy = seenBy;
exports.gpuRow = gpuRow;
exports.holderText = holderText;
exports.leasesIn = leasesIn;
const report_1 = require("../../activities/gpu/report");
const recover_1 = require("../../activities/gpu/lease/recover");
const errors_1 = require("../../activities/gpu/lease/errors");
/** What the driver that works sees; without one, what any saw. */
function seenBy(attempts) {
    return attempts.find(({ driver }) => driver !== undefined) ?? attempts.find(({ reports }) => reports.length > 0);
}
function gpuRow(driver, report, listing) {
    const { uuid, model, limits, energy, persistence, mig, processes, unusable } = report;
    const lease = listing === undefined ? null : leaseRow(listing);
    const reason = unusable ?? (lease?.held === true ? undefined : (owed(lease) ?? (0, report_1.sharedBecause)(report)));
    return {
        uuid,
        model,
        driver,
        minWatts: limits?.minWatts ?? null,
        maxWatts: limits?.maxWatts ?? null,
        defaultWatts: limits?.defaultWatts ?? null,
        limitWatts: limits?.currentWatts ?? null,
        enforcedWatts: limits?.enforcedWatts ?? null,
        energy,
        persistence: persistence ?? null,
        mig: mig ?? null,
        processes: processes ?? null,
        state: stateOf(report, lease),
        lease,
        reason: reason ?? null,
    };
}
function stateOf(report, lease) {
    if (lease !== null)
        return lease.held ? 'held' : 'owed';
    if (report.unusable !== undefined)
        return 'unusable';
    return (0, report_1.sharedBecause)(report) === undefined ? 'free' : 'shared';
}
function leaseRow({ held, holder, originalWatts }) {
    const { runId = null, pid = null, at = null } = holder ?? {};
    return { held, runId, pid, since: at, originalWatts: originalWatts ?? null };
}
/** A debt bars no run, which would pay it first; but it should not stand. */
function owed(lease) {
    return lease === null
        ? undefined
        : `${holderText(lease)} is gone and its limit was not put back; wattbandit gpu restore`;
}
function holderText({ runId, pid }) {
    return runId === null ? 'an unknown run' : `run ${runId} (process ${pid})`;
}
/** Leases by GPU; none, with a word why, where this user may not look. */
async function leasesIn(directory, complain) {
    try {
        return new Map((await (0, recover_1.listLeases)(directory)).map((lease) => [lease.uuid, lease]));
    }
    catch (error) {
        complain(`Cannot tell who holds which GPU: ${(0, errors_1.reasonOf)(error)}; ask as the worker's user or as root.`);
        return new Map();
    }
}
//# sourceMappingURL=gpuRows.js.map