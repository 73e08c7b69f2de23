"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.loadNvmlLibrary = loadNvmlLibrary;
exports.pciAddressFor = pciAddressFor;
/**
 * NVML by its C interface, in milliwatts and millijoules as it speaks. Reads are synchronous (a fraction of a microsecond);
 * what may take the driver long, starting it and setting a limit, runs on another thread.
 */
const error_1 = require("./error");
const nvmlErrors_1 = require("./nvmlErrors");
const uint = 'void *device, uint32_t *to';
const textBytes = 96;
/** `file` is searched for as dlopen does, so LD_LIBRARY_PATH counts. */
async function loadNvmlLibrary(file) {
    const bind = await load(file);
    const call = (name, parameters) => {
        const bound = bind(name, parameters);
        return (...args) => check(bound.now(...args), name);
    };
    const inBackground = (name, parameters) => {
        const bound = bind(name, parameters);
        return async (...args) => check(await bound.later(args), name);
    };
    // One buffer for all: a synchronous call has returned before the next begins.
    const numbers = new Uint32Array(2);
    const uintOf = (name) => {
        const read = call(name, uint);
        return (device) => {
            read(device, numbers);
            return numbers[0] ?? 0;
        };
    };
    const textOf = (name) => {
        const read = call(name, 'void *device, uint8_t *to, unsigned int length');
        return (device) => {
            const text = Buffer.alloc(textBytes);
            read(device, text, text.length);
            return text.toString('utf8', 0, text.indexOf(0));
        };
    };
    const count = call('nvmlDeviceGetCount_v2', 'uint32_t *to');
    const deviceAt = call('nvmlDeviceGetHandleByIndex_v2', 'unsigned int index, _Out_ void **device');
    const pci = call('nvmlDeviceGetPciInfo_v3', 'void *device, uint8_t *to');
    const range = call('nvmlDeviceGetPowerManagementLimitConstraints', 'void *device, uint32_t *min, uint32_t *max');
    const energy = call('nvmlDeviceGetTotalEnergyConsumption', 'void *device, uint64_t *to');
    const setLimit = inBackground('nvmlDeviceSetPowerManagementLimit', 'void *device, unsigned int mw');
    const persistence = uintOf('nvmlDeviceGetPersistenceMode');
    const processes = bind('nvmlDeviceGetComputeRunningProcesses_v3', 'void *device, uint32_t *count, void *infos');
    const mig = call('nvmlDeviceGetMigMode', 'void *device, uint32_t *current, uint32_t *pending');
    const temperature = call('nvmlDeviceGetTemperature', 'void *device, int sensor, uint32_t *to');
    const reasons = bind('nvmlDeviceGetCurrentClocksEventReasons', 'void *device, uint64_t *to');
    /** As drivers before 535 call them. */
    const olderReasons = bind('nvmlDeviceGetCurrentClocksThrottleReasons', 'void *device, uint64_t *to');
    const millijoules = new BigUint64Array(1);
    const bits = new BigUint64Array(1);
    const [lowest, highest] = [numbers.subarray(0, 1), numbers.subarray(1, 2)];
    return {
        init: inBackground('nvmlInit_v2', 'void'),
        shutdown: call('nvmlShutdown', 'void'),
        count: () => {
            count(numbers);
            return numbers[0] ?? 0;
        },
        deviceAt: (index) => {
            const to = [null];
            deviceAt(index, to);
            const [device] = to;
            if (device === null)
                throw new error_1.GpuError('unavailable', `NVML has no handle of GPU ${index}; try again`);
            return device;
        },
        uuid: textOf('nvmlDeviceGetUUID'),
        name: textOf('nvmlDeviceGetName'),
        /** As `lspci -D` writes it: 0000:1a:00.0. */
        pciAddress: (device) => {
            const info = Buffer.alloc(68);
            pci(device, info);
            return pciAddressFor(info.toString('latin1', 36, info.indexOf(0, 36)));
        },
        limitMw: uintOf('nvmlDeviceGetPowerManagementLimit'),
        defaultLimitMw: uintOf('nvmlDeviceGetPowerManagementDefaultLimit'),
        enforcedLimitMw: uintOf('nvmlDeviceGetEnforcedPowerLimit'),
        limitRangeMw: (device) => {
            range(device, lowest, highest);
            return { minMw: lowest[0] ?? 0, maxMw: highest[0] ?? 0 };
        },
        setLimitMw: (device, mw) => setLimit(device, mw),
        /** Since the driver was loaded; a new value every 20 to 100 ms. Volta and newer. */
        energyMj: (device) => {
            energy(device, millijoules);
            return Number(millijoules[0]);
        },
        powerMw: uintOf('nvmlDeviceGetPowerUsage'),
        temperatureCelsius: (device) => {
            temperature(device, 0, numbers);
            return numbers[0] ?? 0;
        },
        clockEventReasons: (device) => {
            const code = reasons.now(device, bits);
            const known = code === nvmlErrors_1.nvmlCodes.functionNotFound ? olderReasons.now(device, bits) : code;
            check(known, 'nvmlDeviceGetCurrentClocksEventReasons');
            return Number(bits[0]);
        },
        computeProcesses: (device) => {
            numbers[0] = 0;
            const code = processes.now(device, numbers, null);
            // Asked with no room for an answer, NVML complains of that and tells how many there are.
            if (code !== nvmlErrors_1.nvmlCodes.insufficientSize)
                check(code, 'nvmlDeviceGetComputeRunningProcesses_v3');
            return numbers[0];
        },
        persistence: (device) => persistence(device) !== 0,
        mig: (device) => {
            mig(device, lowest, highest);
            return lowest[0] !== 0;
        },
    };
}
/** NVML writes 00000000:1A:00.0, Linux 0000:1a:00.0. */
function pciAddressFor(busId) {
    return busId.toLowerCase().replace(/^0000(?=[\da-f]{4}:)/, '');
}
function check(code, name) {
    if (code !== nvmlErrors_1.nvmlCodes.success)
        throw new nvmlErrors_1.NvmlError(code, name);
}
async function load(file) {
    const { default: koffi } = await import('koffi').catch((cause) => {
        throw new error_1.GpuError('unavailable', 'the package koffi is missing; install it (npm install koffi)', { cause });
    });
    try {
        const library = koffi.load(file);
        return (name, parameters) => {
            try {
                const call = library.func(`int ${name}(${parameters})`);
                return {
                    now: call,
                    later: (args) => new Promise((resolve, reject) => {
                        call.async(...args, (error, code) => (error ? reject(error) : resolve(code)));
                    }),
                };
            }
            catch {
                // Old drivers lack some functions: calling them fails as NVML itself would say it.
                const { functionNotFound } = nvmlErrors_1.nvmlCodes;
                return { now: () => functionNotFound, later: async () => functionNotFound };
            }
        };
    }
    catch (cause) {
        const remedy = 'install the NVIDIA driver; in a container, mount it (--gpus)';
        throw new error_1.GpuError('unavailable', `${file} cannot be loaded (${(0, error_1.messageOf)(cause)}); ${remedy}`, { cause });
    }
}
//# sourceMappingURL=nvmlLibrary.js.map