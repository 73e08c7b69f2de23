"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.nvmlLibraryName = void 0;
exports.openNvml = openNvml;
exports.nvmlBoardsOf = nvmlBoardsOf;
/** NVIDIA GPUs by NVML, the library of the driver. Anyone may read; setting takes root or CAP_SYS_ADMIN. */
const boards_1 = require("./boards");
const error_1 = require("./error");
const integratedEnergy_1 = require("./integratedEnergy");
const nvmlErrors_1 = require("./nvmlErrors");
const nvmlSession_1 = require("./nvmlSession");
const report_1 = require("./report");
exports.nvmlLibraryName = 'libnvidia-ml.so.1';
async function openNvml({ library = exports.nvmlLibraryName, ...options } = {}) {
    return (0, boards_1.createBoardDriver)(nvmlBoardsOf(await (0, nvmlSession_1.openNvmlSession)(library)), options);
}
function nvmlBoardsOf(session) {
    const boards = new Map();
    return async () => {
        const devices = await session.devices();
        for (const device of devices) {
            if ('uuid' in device && !boards.has(device.uuid))
                boards.set(device.uuid, createBoard(session, device.uuid));
        }
        // A GPU that was seen before and is lost now is one of those that NVML cannot name.
        const nameless = devices.flatMap((device) => ('uuid' in device ? [] : [unreachable(device)]));
        return [...boards.values(), ...nameless.slice(boards.size + nameless.length - devices.length)];
    };
}
function createBoard(session, uuid) {
    const { library } = session;
    let integrated;
    const watts = () => session.ask(uuid, (device) => library.powerMw(device) / 1000);
    const integrate = () => (integrated ??= (0, integratedEnergy_1.createIntegratedEnergy)(watts)).joules();
    return {
        uuid,
        describe: () => session.ask(uuid, (device) => reportOf(session, uuid, device)).catch((error) => (0, report_1.unreadable)(uuid, error)),
        range: () => session.ask(uuid, (device) => limitsOf(session, device)),
        limitWatts: () => session.ask(uuid, (device) => library.limitMw(device) / 1000),
        setLimitWatts: (limit) => session.ask(uuid, (device) => library.setLimitMw(device, Math.round(limit * 1000))),
        async energyJoules() {
            if (integrated !== undefined)
                return integrate();
            const millijoules = await session.ask(uuid, (device) => ifSupported(() => library.energyMj(device)));
            return millijoules === undefined ? integrate() : millijoules / 1000;
        },
        condition: () => session.ask(uuid, (device) => conditionOf(session, device)),
    };
}
/** NVML's bits for hardware slow-down, software and hardware thermal slow-down, and the external power brake. */
const heldBackBits = 0x8 | 0x20 | 0x40 | 0x80;
function conditionOf({ library }, device) {
    const reasons = ifSupported(() => library.clockEventReasons(device));
    return {
        enforcedWatts: ifSupported(() => library.enforcedLimitMw(device) / 1000),
        temperatureCelsius: ifSupported(() => library.temperatureCelsius(device)),
        heldBack: reasons === undefined ? undefined : (reasons & heldBackBits) !== 0,
    };
}
function reportOf(session, uuid, device) {
    const { library } = session;
    const mig = ifSupported(() => library.mig(device));
    const limits = limitsOf(session, device);
    const counter = ifSupported(() => library.energyMj(device)) !== undefined;
    return {
        uuid,
        model: library.name(device),
        limits,
        energy: counter ? 'counter' : 'integrated',
        persistence: ifSupported(() => library.persistence(device)),
        mig,
        processes: ifSupported(() => library.computeProcesses(device)),
        unusable: (0, report_1.unusableBecause)({ uuid, limits, mig }),
    };
}
function limitsOf({ library }, device) {
    const range = ifSupported(() => library.limitRangeMw(device));
    const currentMw = ifSupported(() => library.limitMw(device));
    if (range === undefined || currentMw === undefined)
        return undefined;
    return {
        minWatts: range.minMw / 1000,
        maxWatts: range.maxMw / 1000,
        currentWatts: currentMw / 1000,
        defaultWatts: ifSupported(() => library.defaultLimitMw(device) / 1000),
        enforcedWatts: ifSupported(() => library.enforcedLimitMw(device) / 1000),
    };
}
function ifSupported(read) {
    try {
        return read();
    }
    catch (error) {
        const { notSupported, functionNotFound } = nvmlErrors_1.nvmlCodes;
        if (error instanceof nvmlErrors_1.NvmlError && (error.code === notSupported || error.code === functionNotFound))
            return undefined;
        throw error;
    }
}
function unreachable({ index, failure }) {
    const uuid = `index ${index}`;
    const fail = async () => {
        throw new error_1.GpuError('lost', failure);
    };
    return {
        uuid,
        describe: async () => (0, report_1.unreadable)(uuid, new error_1.GpuError('lost', failure)),
        range: fail,
        limitWatts: fail,
        setLimitWatts: fail,
        energyJoules: fail,
    };
}
//# sourceMappingURL=nvml.js.map