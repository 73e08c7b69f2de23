"use strict";
var __importDefault = (this && this.__importDefault) || function (mod) {
    return (mod && mod.__esModule) ? mod : { "default": mod };
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.createAmdgpu = createAmdgpu;
/**
 * AMD GPUs by the files of the kernel's amdgpu driver (hwmon, microwatts). Writing takes root, or a rule of udev. Energy is
 * summed from power: the counters of some boards run at the wrong rate.
 */
const promises_1 = require("node:fs/promises");
const node_path_1 = __importDefault(require("node:path"));
const boards_1 = require("./boards");
const error_1 = require("./error");
const integratedEnergy_1 = require("./integratedEnergy");
const report_1 = require("./report");
const sysfs_1 = require("./sysfs");
const amdVendor = '0x1002';
function createAmdgpu({ root = '/sys/class/drm', sampleSeconds = 0.05, ...options } = {}) {
    const boards = new Map();
    return (0, boards_1.createBoardDriver)(async () => {
        for (const card of await cardsIn(root)) {
            const uuid = await uuidOf(card);
            if (!boards.has(uuid))
                boards.set(uuid, createBoard(uuid, card, sampleSeconds));
        }
        return [...boards.values()];
    }, options);
}
/** The `device` directories of the AMD cards; `card0-DP-1` and the like are connectors. */
async function cardsIn(root) {
    const names = await (0, promises_1.readdir)(root).catch(() => []);
    const devices = names.filter((name) => /^card\d+$/.test(name)).map((name) => node_path_1.default.join(root, name, 'device'));
    const vendors = await Promise.all(devices.map((device) => (0, sysfs_1.textIn)(device, 'vendor')));
    return devices.filter((_, i) => vendors[i] === amdVendor);
}
/** The serial number that the board carries, else its place on the bus. */
async function uuidOf(device) {
    return `AMD-${(await (0, sysfs_1.textIn)(device, 'unique_id')) || node_path_1.default.basename(await (0, promises_1.realpath)(device))}`;
}
function createBoard(uuid, device, sampleSeconds) {
    const watts = async (...names) => {
        const hwmon = await hwmonOf(device);
        for (const name of names) {
            const text = await (0, sysfs_1.textIn)(hwmon, name);
            if (text !== undefined && /^\d+$/.test(text))
                return Number(text) / 1e6;
        }
        return undefined;
    };
    const energy = (0, integratedEnergy_1.createIntegratedEnergy)(() => watts('power1_average', 'power1_input').then(needed), {
        everySeconds: sampleSeconds,
    });
    const limits = async () => {
        const [min, max, now, normal] = await Promise.all(['power1_cap_min', 'power1_cap_max', 'power1_cap', 'power1_cap_default'].map((name) => watts(name)));
        return limitsFor(min, max, now, normal);
    };
    return {
        uuid,
        describe: async () => {
            try {
                const found = await limits();
                const unusable = (0, report_1.unusableBecause)({ uuid, limits: found });
                return { uuid, model: await modelOf(device), limits: found, energy: 'integrated', unusable };
            }
            catch (error) {
                return (0, report_1.unreadable)(uuid, error);
            }
        },
        range: limits,
        limitWatts: () => watts('power1_cap').then(needed),
        setLimitWatts: async (limit) => (0, sysfs_1.writeText)(node_path_1.default.join(await hwmonOf(device), 'power1_cap'), String(Math.round(limit * 1e6))),
        energyJoules: () => energy.joules(),
        async condition() {
            const milliCelsius = await (0, sysfs_1.textIn)(await hwmonOf(device), 'temp1_input');
            const known = milliCelsius !== undefined && /^\d+$/.test(milliCelsius);
            return { temperatureCelsius: known ? Number(milliCelsius) / 1000 : undefined };
        },
    };
}
/** Boards that name no lowest limit, or 0 W, which would mean "the default": not below half of the highest, unprofiled ground. */
const lowestShare = 0.5;
function limitsFor(min, max, now, normal) {
    if (max === undefined || now === undefined)
        return undefined;
    const limits = {
        minWatts: min === undefined || min === 0 ? max * lowestShare : min,
        maxWatts: max,
        currentWatts: now,
        defaultWatts: normal,
    };
    return limits;
}
async function hwmonOf(device) {
    const folder = node_path_1.default.join(device, 'hwmon');
    const [name] = await (0, promises_1.readdir)(folder).catch(() => []);
    if (name === undefined)
        throw new error_1.GpuError('lost', `the kernel shows no sensors in ${folder}; see its log for amdgpu`);
    return node_path_1.default.join(folder, name);
}
async function modelOf(device) {
    return (await (0, sysfs_1.textIn)(device, 'product_name')) || `AMD ${(await (0, sysfs_1.textIn)(device, 'device')) ?? 'GPU'}`;
}
function needed(watts) {
    if (watts === undefined)
        throw new error_1.GpuError('unsupported', 'the kernel does not tell it; leave this GPU out');
    return watts;
}
//# sourceMappingURL=amdgpu.js.map