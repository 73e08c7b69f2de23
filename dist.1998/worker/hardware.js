"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.hardwareFor = hardwareFor;
/** Configuration → adapters. The only place that switches on `kind`. */
const sourceDescription_1 = require("../activities/carbon/sourceDescription");
const auto_1 = require("../activities/gpu/auto");
const hold_1 = require("../activities/gpu/hold");
const directory_1 = require("../activities/gpu/lease/directory");
const driverDescription_1 = require("../activities/gpu/lease/driverDescription");
const outcome_1 = require("../activities/gpu/lease/outcome");
const recover_1 = require("../activities/gpu/lease/recover");
const simulated_1 = require("../activities/gpu/simulated");
const process_1 = require("../activities/training/process");
const simulated_2 = require("../activities/training/simulated");
const traces_1 = require("../simulation/traces");
const errors_1 = require("./errors");
const packaged_1 = require("./packaged");
/**
 * @throws WattbanditError `invalid` for recordings that cannot be read or hold no job
 * @throws GpuError if no driver reaches a GPU
 */
async function hardwareFor({ host, hardware, carbon }, say = () => { }) {
    const named = {
        ...(host === undefined ? {} : { host }),
        ...(carbon === undefined ? {} : { grid: (0, sourceDescription_1.createSource)(carbon) }),
    };
    switch (hardware.kind) {
        case 'simulated':
            return { ...named, gridTime: 'slot', ...simulatedHardware(hardware), recover: async () => { } };
        case 'gpus':
            return { ...named, ...(await gpuHardware(hardware, say)) };
    }
}
function simulatedHardware({ gpu, traces, count, speed }) {
    const worlds = (0, traces_1.loadTraces)(traces ?? packaged_1.packagedTraces, gpu);
    const [first] = worlds;
    if (first === undefined)
        throw new errors_1.WattbanditError('invalid', `Cannot simulate GPU ${gpu}: its traces hold no job.`);
    const limits = new Set(worlds.flatMap(({ gpus }) => gpus.powerLimitsWatts));
    const gpus = (0, simulated_1.createSimulatedGpus)({
        model: first.gpus.model,
        count,
        powerLimitsWatts: [...limits].sort((a, b) => a - b),
    });
    return { gpus, trainer: (0, simulated_2.createSimulatedTrainer)({ worlds, gpus, speed }), holder: (0, hold_1.holdInMemory)(gpus) };
}
async function gpuHardware(config, say) {
    const { trainer, only } = config;
    const { driver, holder, ...power } = await powerOf(config, say);
    const gpus = only === undefined ? driver : narrowed(driver, new Set(only));
    return {
        gpus,
        holder,
        trainer: (0, process_1.createProcessTrainer)({ ...trainer, gpus }),
        async recover() {
            // First whoever may still compute under a limit, then the limit.
            await (0, process_1.endOrphans)(trainer.directory);
            await power.recover();
        },
    };
}
async function powerOf(config, say) {
    if (config.driver.kind === 'simulated') {
        const driver = (0, simulated_1.createSimulatedGpus)(config.driver);
        return { driver, holder: (0, hold_1.holdInMemory)(driver), recover: async () => { } };
    }
    const { driver, description } = await openDriver(config, say);
    const directory = await (0, directory_1.openLeaseDirectory)(config.leases);
    const report = (outcomes) => {
        for (const outcome of outcomes)
            say((0, outcome_1.sayRestored)(outcome), (0, outcome_1.isAlarming)(outcome) ? 'warn' : 'info');
    };
    const holder = (0, hold_1.holdByLease)(driver, {
        directory,
        site: config.limits,
        sentinel: { driver: description, hungAfterSeconds: config.hungAfterSeconds },
        report,
    });
    return { driver, holder, recover: async () => report(await (0, recover_1.recoverAll)(directory, driver)) };
}
async function openDriver({ driver: wanted, limits: site }, say) {
    if (wanted.kind === 'simulated')
        throw new Error('a simulated driver is opened elsewhere');
    if (wanted.kind !== 'auto')
        return { driver: await (0, driverDescription_1.createDriver)(wanted, { site }), description: wanted };
    const found = await (0, auto_1.findGpus)({ site });
    say((0, auto_1.sayFound)(found), 'info');
    return { driver: found.driver, description: { kind: found.kind } };
}
/** The same driver, with these GPUs alone. */
function narrowed(driver, uuids) {
    return { ...driver, list: async () => (await driver.list()).filter(({ uuid }) => uuids.has(uuid)) };
}
//# sourceMappingURL=hardware.js.map