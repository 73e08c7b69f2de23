"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.driverDescriptionSchema = void 0;
exports.createDriver = createDriver;
/** A GPU driver in words that another process understands: the sentinel has to make the same one. */
const node_module_1 = require("node:module");
const zod_1 = require("zod");
const amdgpu_1 = require("../amdgpu");
const nvidiaSmi_1 = require("../nvidiaSmi");
const nvml_1 = require("../nvml");
const zeusd_1 = require("../zeusd");
exports.driverDescriptionSchema = zod_1.z.discriminatedUnion('kind', [
    zod_1.z.strictObject({ kind: zod_1.z.literal('nvml'), library: zod_1.z.string().min(1).optional() }),
    zod_1.z.strictObject({ kind: zod_1.z.literal('nvidiaSmi'), program: zod_1.z.string().min(1).optional() }),
    zod_1.z.strictObject({
        kind: zod_1.z.literal('zeusd'),
        socketPath: zod_1.z.string().min(1).optional(),
        /** `env:NAME` or `file:/path`, for the description is seen by whoever lists processes. */
        token: zod_1.z
            .string()
            .regex(/^(env|file):/)
            .optional(),
        nvmlLibrary: zod_1.z.string().min(1).optional(),
    }),
    zod_1.z.strictObject({ kind: zod_1.z.literal('amdgpu'), root: zod_1.z.string().min(1).optional() }),
    /** A driver of the user's own: a module, by absolute path, that exports `createGpuDriver(options)`. */
    zod_1.z.strictObject({ kind: zod_1.z.literal('module'), path: zod_1.z.string().min(1), options: zod_1.z.json().optional() }),
]);
async function createDriver(description, options = {}) {
    switch (description.kind) {
        case 'nvml':
            return (0, nvml_1.openNvml)({ ...options, library: description.library });
        case 'nvidiaSmi':
            return (0, nvidiaSmi_1.createNvidiaSmi)({ ...options, program: description.program });
        case 'zeusd':
            return (0, zeusd_1.openZeusd)({
                ...options,
                socketPath: description.socketPath,
                token: description.token,
                nvmlLibrary: description.nvmlLibrary,
            });
        case 'amdgpu':
            return (0, amdgpu_1.createAmdgpu)({ ...options, root: description.root });
        case 'module':
            return fromModule(description.path, description.options);
    }
}
async function fromModule(path, options) {
    const module = (0, node_module_1.createRequire)(__filename)(path);
    const create = typeof module === 'object' && module !== null && Reflect.get(module, 'createGpuDriver');
    const driver = typeof create === 'function' ? await create(options) : undefined;
    if (isGpuDriver(driver))
        return driver;
    throw new Error(`Cannot make a GPU driver from ${path}: export a function createGpuDriver that answers one.`);
}
const methods = ['list', 'powerLimitWatts', 'setPowerLimit', 'energyJoules'];
function isGpuDriver(value) {
    return (typeof value === 'object' &&
        value !== null &&
        methods.every((name) => typeof Reflect.get(value, name) === 'function'));
}
//# sourceMappingURL=driverDescription.js.map