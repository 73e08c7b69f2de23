"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.openNvmlSession = openNvmlSession;
/**
 * One open NVML per library and process, kept to the end: it holds the driver loaded, and with it the limits of GPUs without
 * persistence. After a reload of the driver the session starts again by itself.
 */
const error_1 = require("./error");
const nvmlErrors_1 = require("./nvmlErrors");
const nvmlLibrary_1 = require("./nvmlLibrary");
const sessions = new Map();
async function openNvmlSession(file) {
    const open = sessions.get(file) ?? createSession(file);
    sessions.set(file, open);
    try {
        return await open;
    }
    catch (error) {
        sessions.delete(file);
        throw error;
    }
}
/** A GPU that stays lost must not make every read start NVML anew. */
const shortestRestartSeconds = 1;
async function createSession(file) {
    const library = await (0, nvmlLibrary_1.loadNvmlLibrary)(file);
    await library.init();
    let handles = new Map();
    let restart;
    const find = () => {
        const found = Array.from({ length: library.count() }, (_, index) => deviceAt(library, index));
        handles = new Map();
        for (const one of found)
            if ('uuid' in one)
                handles.set(one.uuid, one.device);
        return found;
    };
    const restarted = () => {
        const now = performance.now() / 1000;
        if (restart === undefined || now - restart.atSeconds > shortestRestartSeconds) {
            restart = { atSeconds: now, done: reopen(library).then(() => void find()) };
        }
        return restart.done;
    };
    const deviceOf = (uuid) => {
        const device = handles.get(uuid);
        if (device === undefined)
            throw new nvmlErrors_1.NvmlError(nvmlErrors_1.nvmlCodes.gpuIsLost, 'nvmlDeviceGetHandleByIndex_v2');
        return device;
    };
    find();
    return {
        library,
        async devices() {
            try {
                return find();
            }
            catch (error) {
                if (!isStale(error))
                    throw error;
                await restarted();
                return find();
            }
        },
        async ask(uuid, question) {
            try {
                return await question(deviceOf(uuid));
            }
            catch (error) {
                if (!isStale(error))
                    throw error;
                await restarted();
                return question(deviceOf(uuid));
            }
        },
    };
}
function deviceAt(library, index) {
    try {
        const device = library.deviceAt(index);
        return { device, uuid: library.uuid(device) };
    }
    catch (error) {
        if (error instanceof nvmlErrors_1.NvmlError && error.code === nvmlErrors_1.nvmlCodes.uninitialized)
            throw error;
        return { index, failure: error instanceof error_1.GpuError ? error.reason : (0, error_1.messageOf)(error) };
    }
}
function isStale(error) {
    const { uninitialized, gpuIsLost } = nvmlErrors_1.nvmlCodes;
    return error instanceof nvmlErrors_1.NvmlError && (error.code === uninitialized || error.code === gpuIsLost);
}
async function reopen(library) {
    try {
        library.shutdown();
    }
    catch {
        // It is down already: that is why we are here.
    }
    await library.init();
}
//# sourceMappingURL=nvmlSession.js.map