"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.restoreGpus = restoreGpus;
/** `wattbandit gpu restore`: pays the debts of dead holders. It opens no driver where there are none, so a timer may run it often. */
const node_fs_1 = require("node:fs");
const error_1 = require("../../activities/gpu/error");
const directory_1 = require("../../activities/gpu/lease/directory");
const errors_1 = require("../../activities/gpu/lease/errors");
const force_1 = require("../../activities/gpu/lease/force");
const hold_1 = require("../../activities/gpu/lease/hold");
const host_1 = require("../../activities/gpu/lease/host");
const journal_1 = require("../../activities/gpu/lease/journal");
const recover_1 = require("../../activities/gpu/lease/recover");
const restore_1 = require("../../activities/gpu/lease/restore");
const errors_2 = require("../errors");
const gpuOutcome_1 = require("./gpuOutcome");
const gpuOptions_1 = require("./gpuOptions");
const text_1 = require("./text");
async function restoreGpus(output, wanted, options) {
    const { dryRun = false, force = false } = options;
    const directory = await (0, gpuOptions_1.leaseDirectoryOf)(options);
    const [leases, foreign] = await readable(directory);
    const uuids = wanted.length > 0 ? [...new Set(wanted)] : leases.map(({ uuid }) => uuid);
    for (const uuid of uuids)
        if (!isKnown(directory, uuid))
            throw unknownGpu(directory, uuid);
    const held = new Map(leases.filter((lease) => lease.held).map((lease) => [lease.uuid, lease]));
    const isOwed = (uuid) => leases.some((lease) => lease.uuid === uuid && !lease.held);
    const needsWork = uuids.some((uuid) => isOwed(uuid) || (foreign.has(uuid) && !held.has(uuid) && wanted.length > 0));
    const place = needsWork ? await open(directory, options, output) : undefined;
    const outcomes = await Promise.all(uuids.map(async (uuid) => {
        const holder = held.get(uuid);
        if (holder !== undefined)
            return (0, gpuOutcome_1.heldBy)(holder);
        if (place === undefined)
            return { kind: 'nothing', uuid };
        return dryRun ? foresee(place, uuid, force) : restore(place, uuid, force);
    }));
    const say = (outcome) => (0, gpuOutcome_1.sayOutcome)(outcome, dryRun);
    output.many('gpus', outcomes.map((outcome) => ({ ...outcome, dryRun, message: say(outcome) })), () => (0, text_1.plainLines)(outcomes.map(say).join('\n') || `No power limit is to be put back in ${directory}.`));
    // For timers, which need not hear every time that all is well.
    if (output.format === 'none')
        for (const outcome of outcomes.filter(gpuOutcome_1.isNews))
            output.complain(say(outcome));
    return (0, gpuOutcome_1.exitCodeFor)(outcomes);
}
async function readable(directory) {
    try {
        return [await (0, recover_1.listLeases)(directory), new Set(await (0, recover_1.listForeign)(directory))];
    }
    catch (error) {
        const action = `read the leases in ${directory}`;
        throw new error_1.GpuError('forbidden', `${(0, errors_1.reasonOf)(error)}; run this as the worker's user or as root`, { action });
    }
}
/** Only once something is to be done: neither is the directory made, nor a driver woken, for nothing. */
async function open(directory, options, output) {
    await (0, directory_1.openLeaseDirectory)(directory).catch((error) => {
        throw new errors_2.WattbanditError('invalid', (0, errors_1.reasonOf)(error));
    });
    try {
        return { directory, driver: await (0, gpuOptions_1.driverThatSees)(options) };
    }
    catch (error) {
        // After a restart of the host a debt is void, whether or not a driver is there.
        output.complain((0, errors_1.reasonOf)(error));
        return { directory, driver: absentDriver };
    }
}
const absent = () => Promise.reject(new error_1.GpuError('absent', 'no driver reaches a GPU of this host'));
const absentDriver = { powerLimitWatts: absent, setPowerLimit: absent };
/** Lock files stay, so each GPU that was ever leased has one. */
function isKnown(directory, uuid) {
    return [hold_1.lockPath, journal_1.journalPath, journal_1.foreignPath].some((pathIn) => (0, node_fs_1.existsSync)(pathIn(directory, uuid)));
}
function unknownGpu(directory, uuid) {
    const reason = `no run ever leased it in ${directory}; see wattbandit gpu list, or name another directory by --leases`;
    return new error_1.GpuError('absent', reason, { action: `put back the power limit of GPU ${uuid}` });
}
async function restore({ directory, driver }, uuid, force) {
    const paid = await (0, recover_1.recoverOne)(directory, driver, uuid);
    if (paid === undefined && (0, node_fs_1.existsSync)((0, journal_1.journalPath)(directory, uuid))) {
        // Somebody took it since we looked: he has paid the debt, and this is his own journal.
        return (0, gpuOutcome_1.heldBy)({ uuid, holder: await (0, hold_1.holderOf)(directory, uuid), originalWatts: undefined });
    }
    const forced = force && paid?.kind !== 'kept' ? await (0, force_1.putBackByForce)(directory, driver, uuid) : undefined;
    return forced ?? paid ?? foresee({ directory, driver }, uuid, false);
}
/** What would become of it, without doing so; of what was left to others, how it stands. */
async function foresee({ directory, driver }, uuid, force) {
    try {
        const owed = await (0, journal_1.readJournal)(directory, uuid);
        const path = owed === undefined ? (0, journal_1.foreignPath)(directory, uuid) : (0, journal_1.journalPath)(directory, uuid);
        const journal = owed ?? (await (0, journal_1.readJournal)(directory, uuid, path));
        if (journal === undefined)
            return { kind: 'nothing', uuid };
        if (journal === 'unreadable')
            return { kind: 'bad', uuid, path };
        if (journal.bootId !== (await (0, host_1.currentBootId)()))
            return { kind: 'rebooted', uuid };
        const oursWatts = owed === undefined ? [] : journal.oursWatts;
        const outcome = (0, restore_1.outcomeAt)(await driver.powerLimitWatts(uuid), { ...journal, oursWatts });
        if (outcome.kind !== 'foreign' || !force)
            return outcome;
        return { kind: 'restored', uuid, watts: outcome.originalWatts, fromWatts: outcome.watts };
    }
    catch (error) {
        return { kind: 'kept', uuid, reason: (0, errors_1.reasonOf)(error) };
    }
}
//# sourceMappingURL=gpuRestore.js.map