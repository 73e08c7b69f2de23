"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.holdByLease = holdByLease;
exports.holdInMemory = holdInMemory;
const directory_1 = require("./lease/directory");
const errors_1 = require("./lease/errors");
const recover_1 = require("./lease/recover");
const withPowerLease_1 = require("./lease/withPowerLease");
/** For hardware whose limits outlive this process: kernel lock, journal, sentinel. */
function holdByLease(driver, options = {}) {
    return {
        hold: ({ runId, gpuUuids, record }, work) => (0, withPowerLease_1.withPowerLease)(driver, gpuUuids, { ...options, runId, record }, work),
        async held() {
            const leases = await (0, recover_1.listLeases)(options.directory ?? (await (0, directory_1.defaultLeaseDirectory)()));
            return new Set(leases.filter(({ held }) => held).map(({ uuid }) => uuid));
        },
    };
}
/** For simulated GPUs, which die with this process: nothing outlives it that would have to be put back. */
function holdInMemory(driver) {
    const holders = new Map();
    return {
        async hold(holding, work) {
            const { runId, gpuUuids } = holding;
            for (const uuid of gpuUuids) {
                const holder = holders.get(uuid);
                if (holder !== undefined)
                    throw new errors_1.GpuBusy(uuid, `run ${holder}`);
            }
            for (const uuid of gpuUuids)
                holders.set(uuid, runId);
            try {
                return await withPriorLimits(driver, holding, work);
            }
            finally {
                for (const uuid of gpuUuids)
                    holders.delete(uuid);
            }
        },
        held: async () => new Set(holders.keys()),
    };
}
async function withPriorLimits(driver, { gpuUuids: uuids, record = () => { } }, work) {
    const prior = await Promise.all(uuids.map(async (uuid) => ({ uuid, watts: await driver.powerLimitWatts(uuid) })));
    const set = new Set();
    let current;
    try {
        return await work({
            async setPowerLimit(watts) {
                set.add(watts);
                if (watts !== current)
                    await onEvery(uuids, (uuid) => driver.setPowerLimit(uuid, watts));
                current = watts;
                return { kind: 'set', watts };
            },
        });
    }
    finally {
        await onEvery(prior, ({ uuid, watts }) => driver.setPowerLimit(uuid, watts));
        record(prior.map(({ uuid: gpuUuid, watts }) => recordOf(gpuUuid, watts, [...set])));
    }
}
function recordOf(gpuUuid, priorWatts, setWatts) {
    if (setWatts.length === 0)
        return { gpuUuid, setWatts, outcome: 'untouched' };
    return { gpuUuid, priorWatts, setWatts, outcome: 'restored', watts: priorWatts };
}
/** Waits for all, also where one is refused: a limit that is still being set must not land after the restore. */
async function onEvery(items, work) {
    const settled = await Promise.allSettled(items.map(work));
    for (const each of settled)
        if (each.status === 'rejected')
            throw each.reason;
}
//# sourceMappingURL=hold.js.map