"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createBoardDriver = createBoardDriver;
const error_1 = require("./error");
const limits_1 = require("./limits");
/** `find` is asked again by each listing, for GPUs come and go with their driver. */
function createBoardDriver(find, { site = {} } = {}) {
    let known;
    const look = async () => (known = await find());
    const boards = async () => known ?? look();
    const changes = new Map();
    /** After the changes of that GPU that are under way: reading in the middle of a set may block, or see half of it. */
    const settled = async (uuid) => {
        await changes.get(uuid)?.catch(() => undefined);
        const all = await boards();
        const board = all.find((other) => other.uuid === uuid);
        if (board !== undefined)
            return board;
        const uuids = all.map((other) => other.uuid).join(', ');
        throw new error_1.GpuError('absent', uuids === '' ? 'this host has no GPU' : `this host has ${uuids}`);
    };
    const describe = async () => Promise.all((await look()).map((board) => board.describe()));
    return {
        describe,
        list: async () => (await describe()).flatMap((report) => gpuFor(report, site)),
        powerLimitWatts: (uuid) => told(`read the power limit of GPU ${uuid}`, async () => (await settled(uuid)).limitWatts()),
        energyJoules: (uuid) => told(`read the energy of GPU ${uuid}`, async () => (await settled(uuid)).energyJoules()),
        condition: (uuid) => told(`read the condition of GPU ${uuid}`, async () => (await settled(uuid)).condition?.() ?? {}),
        setPowerLimit(uuid, watts) {
            const change = told(`set the power limit of GPU ${uuid} to ${watts} W`, async () => setAndReadBack(await settled(uuid), watts));
            changes.set(uuid, change);
            return change;
        },
    };
}
function gpuFor({ uuid, model, limits, unusable, energy }, site) {
    if (limits === undefined || unusable !== undefined)
        return [];
    const powerLimitsWatts = (0, limits_1.candidateLimits)(limits, site);
    return powerLimitsWatts.length === 0
        ? []
        : [{ uuid, model, powerLimitsWatts, energy: energy === 'counter' ? 'counter' : 'sampled' }];
}
/** Drivers round, and some report success for what they did not do. */
const toleranceWatts = 1;
async function setAndReadBack(board, watts) {
    const range = await board.range();
    if (range === undefined)
        throw new error_1.GpuError('unsupported', 'it has no settable power limit; leave this GPU out');
    if (!(watts >= range.minWatts && watts <= range.maxWatts)) {
        throw new error_1.GpuError('outOfRange', `it takes ${range.minWatts} to ${range.maxWatts} W; choose one of these`);
    }
    await board.setLimitWatts(watts);
    const now = await board.limitWatts();
    if (Math.abs(now - watts) < toleranceWatts)
        return;
    throw new error_1.GpuError('unavailable', `it reads ${now} W after that; see whether another program sets limits too`);
}
async function told(action, work) {
    try {
        return await work();
    }
    catch (error) {
        throw (0, error_1.gpuErrorFor)(action, error);
    }
}
//# sourceMappingURL=boards.js.map