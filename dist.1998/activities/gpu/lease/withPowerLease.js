"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.withPowerLease = withPowerLease;
const directory_1 = require("./directory");
const durably_1 = require("./durably");
const hold_1 = require("./hold");
const host_1 = require("./host");
const limits_1 = require("./limits");
const outcome_1 = require("./outcome");
const powerLease_1 = require("./powerLease");
const record_1 = require("./record");
const restore_1 = require("./restore");
const startSentinel_1 = require("./startSentinel");
/**
 * Answers what `work` does. A limit that cannot be put back is reported and handed to the sentinel, and does not cost the
 * work its result: the next lease on that GPU, or the next start, tries again before anything else.
 * @throws GpuBusy while another run holds one of the GPUs
 */
async function withPowerLease(driver, gpuUuids, options, work) {
    const { report = () => { }, record = () => { }, site = {}, writeFile: write = durably_1.writeDurably } = options;
    // In one order everywhere, so that two runs never wait for each other's half.
    const uuids = [...new Set(gpuUuids)].sort();
    const directory = await (0, directory_1.openLeaseDirectory)(options.directory);
    const [range, bootId, holder] = await Promise.all([
        (0, limits_1.commonRange)(driver, uuids, site),
        (0, host_1.currentBootId)(),
        (0, hold_1.holderFor)(options.runId),
    ]);
    return (0, hold_1.whileHolding)(directory, uuids, holder, async () => {
        const debts = await payDebts({ directory, driver }, uuids, report);
        const sentinel = options.sentinel && (await (0, startSentinel_1.startSentinel)(options.sentinel, { directory, uuids, holder }));
        const lease = new powerLease_1.PowerLease({ driver, directory, uuids, range, bootId, holder, write });
        try {
            return await work(lease);
        }
        finally {
            const restored = await lease.end();
            await sentinel?.end(restored.some(({ kind }) => kind === 'kept') ? 'unfinished' : 'done');
            report(restored);
            record([...debts.map(record_1.debtRecord), ...(0, record_1.leaseRecords)(lease.changes, restored)]);
        }
    });
}
/** What a dead holder left is put back first: its limit must not pass for the prior one. */
async function payDebts(place, uuids, report) {
    const settled = await Promise.all(uuids.map((uuid) => (0, restore_1.settleFromDisk)(place, uuid)));
    const outcomes = settled.filter((outcome) => outcome !== undefined);
    if (outcomes.length > 0)
        report(outcomes);
    const kept = outcomes.find(({ kind }) => kind === 'kept');
    if (kept !== undefined)
        throw new Error((0, outcome_1.sayRestored)(kept));
    return outcomes;
}
//# sourceMappingURL=withPowerLease.js.map