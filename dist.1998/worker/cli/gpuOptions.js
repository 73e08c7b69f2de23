"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.addGpuOptions = addGpuOptions;
exports.tryDrivers = tryDrivers;
exports.driverThatSees = driverThatSees;
exports.noGpuText = noGpuText;
exports.attemptText = attemptText;
exports.leaseDirectoryOf = leaseDirectoryOf;
/** How commands come by the GPUs of this host and by its power leases. */
const node_path_1 = require("node:path");
const commander_1 = require("commander");
const auto_1 = require("../../activities/gpu/auto");
const error_1 = require("../../activities/gpu/error");
const directory_1 = require("../../activities/gpu/lease/directory");
const driverDescription_1 = require("../../activities/gpu/lease/driverDescription");
function addGpuOptions(command) {
    return command
        .addOption(new commander_1.Option('--driver <kind[:place]>', `how to reach GPUs: auto, ${auto_1.gpuDriverKinds.join(', ')}; as nvml:/opt/lib/libnvidia-ml.so.1`)
        .env('WATTBANDIT_GPU_DRIVER')
        .argParser(driverChoice)
        .default({ kind: 'auto' }, 'auto'))
        .option('--zeusd-token <env:NAME|file:path>', 'where the token for zeusd is', tokenReference)
        .option('--leases <directory>', 'where the power leases of this host are (else WATTBANDIT_LEASES)');
}
function driverChoice(text) {
    const colon = text.indexOf(':');
    const name = colon < 0 ? text : text.slice(0, colon);
    const place = colon < 0 ? undefined : text.slice(colon + 1);
    const kind = auto_1.gpuDriverKinds.find((one) => one === name);
    if (kind !== undefined && place !== '')
        return { kind, place };
    if (text === 'auto')
        return { kind: 'auto' };
    throw new commander_1.InvalidArgumentError(`It must be auto, or one of ${auto_1.gpuDriverKinds.join(', ')}, alone or with ":" and a place.`);
}
function tokenReference(text) {
    if (/^(env|file):./.test(text))
        return text;
    throw new commander_1.InvalidArgumentError('It must be env:NAME or file:path; a token itself would be seen in the list of processes.');
}
/** Every driver that was tried, the one that works last. */
function tryDrivers({ driver: { kind, place }, zeusdToken: token }) {
    const options = {
        zeusd: { token, ...(kind === 'zeusd' && place !== undefined && { socketPath: place }) },
        ...(kind === 'nvml' && { nvml: { library: place } }),
        ...(kind === 'amdgpu' && { amdgpu: { root: place } }),
        ...(kind === 'nvidiaSmi' && { nvidiaSmi: { program: place } }),
    };
    return (0, auto_1.tryGpuDrivers)(kind === 'auto' ? options : { ...options, kinds: [kind] });
}
/**
 * The first driver that sees GPUs, usable for runs or not: a limit is put back also where no run may go any more.
 * @throws GpuError `absent` if there is none
 */
async function driverThatSees(options) {
    const attempts = await tryDrivers(options);
    const usable = attempts.find(({ driver }) => driver !== undefined)?.driver;
    if (usable !== undefined)
        return usable;
    const seeing = attempts.find(({ reports }) => reports.length > 0);
    if (seeing !== undefined)
        return (0, driverDescription_1.createDriver)(descriptionOf(seeing.kind, options));
    throw new error_1.GpuError('absent', noGpuText(attempts));
}
function descriptionOf(kind, { driver: { place }, zeusdToken: token }) {
    switch (kind) {
        case 'zeusd':
            return { kind, socketPath: place, token };
        case 'nvml':
            return { kind, library: place };
        case 'amdgpu':
            return { kind, root: place };
        case 'nvidiaSmi':
            return { kind, program: place };
    }
}
function noGpuText(attempts) {
    return ['Cannot find GPUs on this host: no driver reaches one.', ...attempts.map(attemptText)].join('\n');
}
function attemptText({ kind, driver, remark }) {
    if (driver === undefined)
        return `${kind} is not used: ${remark ?? 'no reason given'}`;
    return remark === undefined ? `${kind} is used` : `${kind} is used, but ${remark}`;
}
async function leaseDirectoryOf({ leases }) {
    return leases === undefined ? (0, directory_1.defaultLeaseDirectory)() : (0, node_path_1.resolve)(leases);
}
//# sourceMappingURL=gpuOptions.js.map