"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createLook = createLook;
const error_1 = require("../../activities/gpu/error");
const gpuRows_1 = require("./gpuRows");
/** Reads all GPUs once; those that are gone stay, with the reason. */
function createLook({ kind, driver }, leases) {
    const known = new Map();
    const meters = new Map();
    const reports = async () => {
        const missing = new Map(known);
        let why = 'its driver does not name it any more';
        const seen = await driver.describe().catch((error) => {
            why = (0, error_1.messageOf)(error);
            return [];
        });
        for (const report of seen)
            missing.delete(report.uuid);
        for (const report of seen)
            if (report.energy !== 'none')
                known.set(report.uuid, report);
        return [
            ...seen,
            ...[...missing.keys()].map((uuid) => ({ uuid, model: '', energy: 'none', unusable: why })),
        ];
    };
    const draw = async (uuid) => {
        const before = meters.get(uuid);
        meters.delete(uuid);
        const reading = { joules: await driver.energyJoules(uuid), atSeconds: performance.now() / 1000 };
        meters.set(uuid, reading);
        return before === undefined ? null : meanWatts(before, reading);
    };
    return async () => {
        const [found, held] = [await reports(), await leases()];
        return Promise.all(found.map(async (report) => {
            const { uuid } = report;
            const named = { ...report, model: known.get(uuid)?.model ?? report.model };
            const drawWatts = report.energy === 'none' ? null : await draw(uuid).catch(() => null);
            return { at: new Date().toISOString(), ...(0, gpuRows_1.gpuRow)(kind, named, held.get(uuid)), drawWatts };
        }));
    };
}
/** Null where the counter started anew: its driver was reloaded. */
function meanWatts(before, after) {
    const joules = after.joules - before.joules;
    const seconds = after.atSeconds - before.atSeconds;
    return joules < 0 || seconds <= 0 ? null : Math.round((joules / seconds) * 10) / 10;
}
//# sourceMappingURL=gpuReadings.js.map