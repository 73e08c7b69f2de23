"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.openZeusd = openZeusd;
/**
 * GPUs by Zeus's daemon, so that the worker needs no privilege. Where NVML can be loaded it reads (anyone may, exactly and at
 * once) and the daemon only sets; where it cannot, the daemon does both.
 */
const boards_1 = require("./boards");
const error_1 = require("./error");
const integratedEnergy_1 = require("./integratedEnergy");
const nvml_1 = require("./nvml");
const nvmlSession_1 = require("./nvmlSession");
const report_1 = require("./report");
const zeusdClient_1 = require("./zeusdClient");
const zeusdIdentity_1 = require("./zeusdIdentity");
/** Rejects where no daemon answers. */
async function openZeusd({ socketPath = process.env['ZEUSD_SOCK_PATH'] ?? '/run/zeusd/zeusd.sock', nvmlLibrary = nvml_1.nvmlLibraryName, ...options } = {}) {
    const client = (0, zeusdClient_1.createZeusdClient)({ ...options, socketPath });
    await client.discover();
    const session = await (0, nvmlSession_1.openNvmlSession)(nvmlLibrary).catch(() => undefined);
    const localBoards = session === undefined ? async () => [] : (0, nvml_1.nvmlBoardsOf)(session);
    const byDaemon = new Map();
    /** Its indices may move when it starts again, so each use asks anew which GPU it means. */
    const idOf = async (uuid) => {
        const [{ gpus }, local] = [await client.discover(), await localGpusOf(session)];
        const gpu = gpus.find((one) => (0, zeusdIdentity_1.uuidFor)(one, gpus, local) === uuid);
        if (gpu === undefined)
            throw new error_1.GpuError('absent', 'zeusd does not know it any more; see its log');
        return gpu.id;
    };
    const boardFor = (gpu, uuid, local) => {
        const setLimitWatts = async (watts) => client.setLimitMw(await idOf(uuid), Math.round(watts * 1000));
        if (local !== undefined)
            return { ...local, setLimitWatts };
        const board = byDaemon.get(uuid) ?? { ...createReader(client, gpu, { uuid, id: () => idOf(uuid) }), setLimitWatts };
        byDaemon.set(uuid, board);
        return board;
    };
    return (0, boards_1.createBoardDriver)(async () => {
        const [found, local, boards] = [await client.discover(), await localGpusOf(session), await localBoards()];
        return found.gpus.map((gpu) => {
            const uuid = (0, zeusdIdentity_1.uuidFor)(gpu, found.gpus, local);
            if (uuid === undefined)
                return unidentified(gpu);
            return permitted(boardFor(gpu, uuid, boards.find((board) => board.uuid === uuid)), found);
        });
    }, options);
}
async function localGpusOf(session) {
    if (session === undefined)
        return [];
    const { library } = session;
    const named = (await session.devices()).flatMap((device) => ('uuid' in device ? [device.uuid] : []));
    return Promise.all(named.map((uuid) => session.ask(uuid, (device) => ({ uuid, name: library.name(device), pciAddress: library.pciAddress(device) }))));
}
/** A GPU that zeusd alone reads; it has no notion of a default or an enforced limit. */
function createReader(client, { name, cumulative_energy_available: counter }, { uuid, id }) {
    const power = async () => (await client.powerMw(await id())) / 1000;
    const energy = (0, integratedEnergy_1.createIntegratedEnergy)(power, { everySeconds: 0.1 });
    const limits = async () => limitsOf(client, await id());
    const describe = async () => {
        const found = await limits();
        const persistence = await client.persistence(await id()).catch(() => undefined);
        const unusable = (0, report_1.unusableBecause)({ uuid, limits: found });
        return {
            uuid,
            model: name,
            limits: found,
            energy: counter === true ? 'counter' : 'integrated',
            persistence,
            unusable,
        };
    };
    return {
        uuid,
        describe: () => describe().catch((error) => (0, report_1.unreadable)(uuid, error)),
        range: limits,
        limitWatts: async () => (await client.limitMw(await id())) / 1000,
        energyJoules: async () => (counter === true ? (await client.energyMj(await id())) / 1000 : energy.joules()),
    };
}
async function limitsOf(client, id) {
    try {
        const { minMw, maxMw } = await client.limitRangeMw(id);
        return { minWatts: minMw / 1000, maxWatts: maxMw / 1000, currentWatts: (await client.limitMw(id)) / 1000 };
    }
    catch (error) {
        if (error instanceof error_1.GpuError && error.kind === 'unsupported')
            return undefined;
        throw error;
    }
}
function permitted(board, { enabled_api_groups: groups }) {
    if (groups === undefined || groups.includes('gpu-control'))
        return board;
    const why = 'zeusd may not set limits; start it with --enable gpu-read,gpu-control';
    return { ...board, describe: async () => ({ ...(await board.describe()), unusable: why }) };
}
function unidentified({ id, name }) {
    const uuid = `zeusd index ${id}`;
    const remedy = 'update zeusd, or let this process load NVML (libnvidia-ml.so.1) and see all GPUs of the host';
    const failure = new error_1.GpuError('unsupported', `this zeusd tells GPUs by index only, which may mean another one here; ${remedy}`);
    const fail = async () => {
        throw failure;
    };
    const describe = async () => ({ ...(0, report_1.unreadable)(uuid, failure), model: name });
    return { uuid, describe, range: fail, limitWatts: fail, setLimitWatts: fail, energyJoules: fail };
}
//# sourceMappingURL=zeusd.js.map