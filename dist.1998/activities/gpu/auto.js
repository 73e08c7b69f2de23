"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.gpuDriverKinds = void 0;
exports.tryGpuDrivers = tryGpuDrivers;
exports.findGpus = findGpus;
exports.sayFound = sayFound;
/** Finds the driver for this host: the first that reaches a usable GPU, and why the ones before it do not. */
const amdgpu_1 = require("./amdgpu");
const error_1 = require("./error");
const nvidiaSmi_1 = require("./nvidiaSmi");
const nvml_1 = require("./nvml");
const privilege_1 = require("./privilege");
const zeusd_1 = require("./zeusd");
exports.gpuDriverKinds = ['zeusd', 'nvml', 'amdgpu', 'nvidiaSmi'];
/**
 * Tries in order of preference and stops at the first that works, which is then the last of the result. zeusd comes first
 * because the worker then needs no privilege, nvidia-smi last because each call is a process and its text no interface.
 */
async function tryGpuDrivers(options = {}) {
    const { site = {}, maySetNvidia = privilege_1.hasSysAdmin, kinds = exports.gpuDriverKinds } = options;
    const remark = () => (maySetNvidia() ? undefined : unprivileged);
    const candidates = [
        { kind: 'zeusd', open: () => (0, zeusd_1.openZeusd)({ site, ...options.zeusd }) },
        { kind: 'nvml', open: () => (0, nvml_1.openNvml)({ site, ...options.nvml }), remark },
        { kind: 'amdgpu', open: async () => (0, amdgpu_1.createAmdgpu)({ site, ...options.amdgpu }) },
        { kind: 'nvidiaSmi', open: async () => (0, nvidiaSmi_1.createNvidiaSmi)({ site, ...options.nvidiaSmi }), remark },
    ];
    const attempts = [];
    for (const candidate of candidates.filter(({ kind }) => kinds.includes(kind))) {
        const attempt = await attemptAt(candidate);
        attempts.push(attempt);
        if (attempt.driver !== undefined)
            break;
    }
    return attempts;
}
/** The first driver that works; else an error with every reason. */
async function findGpus(options = {}) {
    const attempts = await tryGpuDrivers(options);
    const last = attempts.at(-1);
    if (last?.driver !== undefined)
        return { ...last, driver: last.driver, passedOver: attempts.slice(0, -1) };
    throw new error_1.GpuError('absent', `no driver reaches a usable GPU; \`--simulated v100\` needs none. ${reasonsOf(attempts)}`, {
        action: 'find GPUs on this host',
    });
}
/** Which driver was taken, and why not the ones before it, in a line for people. */
function sayFound({ kind, reports, remark, passedOver }) {
    const usable = reports.filter(({ unusable }) => unusable === undefined);
    const gpus = usable.map(({ uuid, model }) => `${model} (${uuid})`).join(', ');
    const others = passedOver.length === 0 ? [] : [`Passed over: ${reasonsOf(passedOver)}`];
    return [`GPUs by ${kind}: ${gpus}`, ...(remark === undefined ? [] : [remark]), ...others].join('. ');
}
function reasonsOf(attempts) {
    return attempts.map(({ kind, remark }) => `${kind}: ${remark ?? 'no reason given'}`).join('. ');
}
const unprivileged = 'this process lacks CAP_SYS_ADMIN, so it may read and not set; grant that, or run zeusd';
async function attemptAt({ kind, open, remark }) {
    try {
        const driver = await open();
        const reports = await driver.describe();
        if ((await driver.list()).length > 0)
            return { kind, reports, driver, remark: remark?.() };
        const reasons = reports.map(({ uuid, unusable = 'the bounds of the site leave it no limit' }) => `GPU ${uuid}: ${unusable}`);
        return { kind, reports, remark: reasons.join('. ') || 'it finds no GPU' };
    }
    catch (error) {
        return { kind, reports: [], remark: error instanceof error_1.GpuError ? error.reason : (0, error_1.messageOf)(error) };
    }
}
//# sourceMappingURL=auto.js.map