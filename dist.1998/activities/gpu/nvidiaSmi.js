"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createNvidiaSmi = createNvidiaSmi;
/**
 * NVIDIA GPUs by the program `nvidia-smi`, for hosts where NVML cannot be loaded. It exits with 0 after warnings, so a set is
 * worth only what is read back. It has no energy counter: power is sampled, at the price of a process each time.
 */
const boards_1 = require("./boards");
const error_1 = require("./error");
const integratedEnergy_1 = require("./integratedEnergy");
const nvidiaSmiProgram_1 = require("./nvidiaSmiProgram");
const report_1 = require("./report");
const fields = [
    'uuid',
    'name',
    'power.min_limit',
    'power.max_limit',
    'power.limit',
    'power.default_limit',
    'enforced.power.limit',
    'persistence_mode',
    'mig.mode.current',
];
function createNvidiaSmi({ program = 'nvidia-smi', timeoutSeconds = 30, sampleSeconds = 1, ...options } = {}) {
    const run = (...args) => (0, nvidiaSmiProgram_1.runNvidiaSmi)({ program, timeoutSeconds }, args);
    const boards = new Map();
    return (0, boards_1.createBoardDriver)(async () => {
        const out = await run(...query(['uuid']));
        for (const [uuid = ''] of cellsOf(out)) {
            if (!boards.has(uuid))
                boards.set(uuid, createBoard(uuid, run, sampleSeconds));
        }
        return [...boards.values()];
    }, options);
}
function createBoard(uuid, run, sampleSeconds) {
    const ask = async (...names) => cellsOf(await run('-i', uuid, ...query(names)))[0] ?? [];
    const watts = async (field) => {
        const [cell = ''] = await ask(field);
        const value = (0, nvidiaSmiProgram_1.wattsIn)(cell);
        if (value === undefined)
            throw new error_1.GpuError('unsupported', `it does not tell its ${field}; leave this GPU out`);
        return value;
    };
    const energy = (0, integratedEnergy_1.createIntegratedEnergy)(() => watts('power.draw'), { everySeconds: sampleSeconds });
    const limits = async () => limitsFor(await ask(...fields));
    return {
        uuid,
        describe: async () => {
            try {
                return reportFor(uuid, await ask(...fields));
            }
            catch (error) {
                return (0, report_1.unreadable)(uuid, error);
            }
        },
        range: limits,
        limitWatts: () => watts('power.limit'),
        async setLimitWatts(limit) {
            const said = await run('-i', uuid, '-pl', limit.toFixed(2));
            // Its exit code is 0 then.
            if (said.includes('is not supported'))
                throw new error_1.GpuError('unsupported', 'it has no settable power limit; leave this GPU out');
        },
        energyJoules: () => energy.joules(),
        async condition() {
            const [enforced = '', celsius = ''] = await ask('enforced.power.limit', 'temperature.gpu');
            return { enforcedWatts: (0, nvidiaSmiProgram_1.wattsIn)(enforced), temperatureCelsius: (0, nvidiaSmiProgram_1.wattsIn)(celsius) };
        },
    };
}
function query(names) {
    return [`--query-gpu=${names.join(',')}`, '--format=csv,noheader,nounits'];
}
function cellsOf(out) {
    return out.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.split(', ')]));
}
function reportFor(uuid, cells) {
    const [, model = '', , , , , , persistence = '', migMode = ''] = cells;
    const limits = limitsFor(cells);
    const mig = (0, nvidiaSmiProgram_1.onOrOff)(migMode);
    const unusable = (0, report_1.unusableBecause)({ uuid, limits, mig });
    return { uuid, model, limits, energy: 'integrated', persistence: (0, nvidiaSmiProgram_1.onOrOff)(persistence), mig, unusable };
}
function limitsFor([, , min = '', max = '', now = '', normal = '', enforced = '']) {
    const [minWatts, maxWatts, currentWatts] = [(0, nvidiaSmiProgram_1.wattsIn)(min), (0, nvidiaSmiProgram_1.wattsIn)(max), (0, nvidiaSmiProgram_1.wattsIn)(now)];
    if (minWatts === undefined || maxWatts === undefined || currentWatts === undefined)
        return undefined;
    return { minWatts, maxWatts, currentWatts, defaultWatts: (0, nvidiaSmiProgram_1.wattsIn)(normal), enforcedWatts: (0, nvidiaSmiProgram_1.wattsIn)(enforced) };
}
//# sourceMappingURL=nvidiaSmi.js.map