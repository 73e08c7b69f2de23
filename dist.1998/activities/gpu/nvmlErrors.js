"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.NvmlError = exports.nvmlCodes = void 0;
exports.nvmlMeaningOf = nvmlMeaningOf;
/** NVML's return codes, as what they mean here and what to do. */
const error_1 = require("./error");
exports.nvmlCodes = {
    success: 0,
    uninitialized: 1,
    notSupported: 3,
    insufficientSize: 7,
    driverNotLoaded: 9,
    functionNotFound: 13,
    gpuIsLost: 15,
};
class NvmlError extends error_1.GpuError {
    code;
    constructor(code, call) {
        const [kind, meaning] = nvmlMeaningOf(code);
        super(kind, `${meaning} (NVML ${code} from ${call})`);
        this.code = code;
    }
}
exports.NvmlError = NvmlError;
function nvmlMeaningOf(code) {
    return meanings[code] ?? unknown;
}
const updateDriver = 'update the NVIDIA driver';
const unknown = [
    'unavailable',
    'NVML failed unexpectedly; see the kernel log for Xid messages',
];
const meanings = {
    1: ['unavailable', 'the driver was unloaded meanwhile; try again'],
    2: ['outOfRange', 'the driver calls the argument invalid; choose a limit within its range'],
    3: ['unsupported', 'this GPU does not support it, as many laptop GPUs do not; leave it out'],
    4: [
        'forbidden',
        'this process may not change GPUs; give the worker CAP_SYS_ADMIN (Docker: --cap-add=SYS_ADMIN), run it as root, or run zeusd',
    ],
    6: ['absent', 'the driver does not find it; see nvidia-smi -L'],
    7: ['unavailable', 'the driver answered with more than was expected; update wattbandit'],
    9: ['unavailable', 'the NVIDIA driver is not loaded; load it (modprobe nvidia)'],
    10: ['unavailable', 'the driver did not answer in time; try again'],
    12: ['unavailable', 'a library of the NVIDIA driver is missing; install the driver, in containers mount it (--gpus)'],
    13: ['unsupported', `the driver does not know this function; ${updateDriver}`],
    15: [
        'lost',
        'the GPU is lost: it fell off the bus or was reset; see the kernel log for Xid messages and reset it or reboot',
    ],
    16: ['lost', 'the GPU needs a reset; stop its processes and run nvidia-smi --gpu-reset'],
    17: ['forbidden', 'the operating system blocks the GPU; see the device rules of the container or cgroup'],
    18: ['unavailable', 'NVML and the driver have different versions; reboot, or reload the driver after its update'],
    19: ['unavailable', 'the GPU is in use by another program; try again'],
    20: ['unavailable', 'the driver is out of memory; try again'],
    25: ['unsupported', `the driver has another version of this function; ${updateDriver}`],
    27: ['unavailable', 'the GPU is not ready yet; try again'],
    28: ['absent', 'the driver does not find the GPU; see nvidia-smi -L'],
    999: unknown,
};
//# sourceMappingURL=nvmlErrors.js.map