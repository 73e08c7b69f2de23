"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.gpuChecks = gpuChecks;
/** What `doctor` looks at on the GPUs of this host and on their power leases. A check never throws. */
const node_fs_1 = require("node:fs");
const directory_1 = require("../../activities/gpu/lease/directory");
const errors_1 = require("../../activities/gpu/lease/errors");
const recover_1 = require("../../activities/gpu/lease/recover");
const checks_1 = require("./checks");
const gpuFinding_1 = require("./gpuFinding");
const gpuOptions_1 = require("./gpuOptions");
const gpuRows_1 = require("./gpuRows");
async function gpuChecks(options) {
    const attempts = await (0, gpuOptions_1.tryDrivers)(options);
    const seen = (0, gpuRows_1.seenBy)(attempts);
    const directory = await (0, gpuOptions_1.leaseDirectoryOf)(options);
    const { leases, findings } = await leaseChecks(directory, seen !== undefined);
    const held = new Map(leases.map((lease) => [lease.uuid, lease]));
    const gpus = seen?.reports.map((report) => (0, gpuFinding_1.gpuFinding)((0, gpuRows_1.gpuRow)(seen.kind, report, held.get(report.uuid)))) ?? [];
    return [driverFinding(attempts, options), ...gpus, ...findings];
}
/** Made by a kernel driver, so there is a GPU even if nothing answers; and what was asked for by name should be there. */
const signsOfGpus = ['/dev/nvidiactl', '/dev/kfd'];
function driverFinding(attempts, options) {
    const check = 'GPUs';
    const seen = (0, gpuRows_1.seenBy)(attempts);
    const tried = attempts.map(gpuOptions_1.attemptText).join('. ');
    if (seen === undefined) {
        const wanted = options.driver.kind !== 'auto' || Boolean(process.env['ZEUSD_SOCK_PATH']);
        if (!wanted && !signsOfGpus.some((path) => (0, node_fs_1.existsSync)(path)))
            return (0, checks_1.pass)(check, 'no GPU here; simulation works');
        return (0, checks_1.warn)(check, `a driver is there and reaches no GPU. ${tried}`, 'mend what keeps the one you want from working');
    }
    const used = attempts.find(({ driver }) => driver !== undefined);
    if (used === undefined)
        return (0, checks_1.warn)(check, `none is usable. ${tried}`, 'see below for each GPU; simulation works');
    return used.remark === undefined ? (0, checks_1.pass)(check, tried) : (0, checks_1.warn)(check, tried, privilegeFix);
}
const privilegeFix = 'where the worker has no more rights than this command: run zeusd, or give the worker CAP_SYS_ADMIN; docs/gpus.md tells how';
async function leaseChecks(directory, hasGpus) {
    const check = 'Power leases';
    try {
        const leases = await (0, recover_1.listLeases)(directory);
        const owed = leases.filter(({ held }) => !held).map(owedFinding);
        const foreign = (await (0, recover_1.listForeign)(directory)).map(foreignFinding);
        if (!hasGpus && owed.length + foreign.length === 0)
            return { leases, findings: [] };
        return { leases, findings: [directoryFinding(check, directory), ...owed, ...foreign] };
    }
    catch (error) {
        const fix = "run this as the worker's user, or see docs/gpus.md for the rights of the directory";
        return { leases: [], findings: [(0, checks_1.warn)(check, `${directory} cannot be read, ${(0, errors_1.reasonOf)(error)}`, fix)] };
    }
}
function directoryFinding(check, directory) {
    if (!(0, node_fs_1.existsSync)(directory))
        return (0, checks_1.pass)(check, `${directory}, made by the first worker`);
    if ((0, directory_1.isOpenToOthers)((0, node_fs_1.statSync)(directory)))
        return (0, checks_1.fail)(check, `others may write in ${directory}`, `chown it to root or the worker's user, and chmod o-w ${directory}`);
    try {
        (0, node_fs_1.accessSync)(directory, node_fs_1.constants.W_OK);
        return (0, checks_1.pass)(check, directory);
    }
    catch {
        return (0, checks_1.warn)(check, `this user cannot write in ${directory}`, 'let the group of the workers write there, or use --leases');
    }
}
function owedFinding({ uuid, holder, originalWatts }) {
    const prior = originalWatts === undefined ? '' : ` to ${originalWatts} W`;
    const whose = holder === undefined ? 'a run' : `run ${holder.runId} (process ${holder.pid})`;
    return (0, checks_1.warn)(`Lease of ${uuid}`, `${whose} is gone and its limit was not put back${prior}`, 'wattbandit gpu restore');
}
function foreignFinding(uuid) {
    const detail = 'somebody moved the limit under a run, so it was left as it is';
    const fix = `\`wattbandit gpu restore ${uuid}\` tells the limits; with --force it puts the prior one back`;
    return (0, checks_1.warn)(`Lease of ${uuid}`, detail, fix);
}
//# sourceMappingURL=gpuChecks.js.map