"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.simulate = simulate;
const contenders_1 = require("./contenders");
const error_1 = require("./error");
const experiment_1 = require("./experiment");
const report_1 = require("./report");
const scenarios_1 = require("./scenarios");
const synthetic_1 = require("./synthetic");
const traces_1 = require("./traces");
function simulate(options) {
    check(options);
    const contenders = options.policies.map((policy) => (typeof policy === 'string' ? (0, contenders_1.contenderNamed)(policy) : policy));
    const playgrounds = playgroundsOf(options);
    const results = playgrounds.flatMap((playground, index) => {
        const { gpus, job } = playground.world;
        options.onProgress?.({ done: index, total: playgrounds.length, name: `${gpus.model} ${job.id}` });
        return contenders.flatMap((contender) => resultsOf(contender, playground, options));
    });
    options.onProgress?.({ done: playgrounds.length, total: playgrounds.length, name: '' });
    return { schemaVersion: 1, results, summary: (0, report_1.summarise)(results) };
}
function resultsOf(contender, { world, excludedBatchSizes }, options) {
    const lengths = [...new Set(options.recurrences)].sort((a, b) => a - b);
    const played = (0, experiment_1.playSeeds)(contender, world, (0, scenarios_1.scenarioNamed)(options.scenario ?? 'none'), {
        seeds: options.seeds,
        recurrences: Math.max(...lengths),
        objective: { ...options.objective, eta: options.eta },
    });
    const whose = { gpu: world.gpus.model, job: world.job.id, policy: contender.name };
    return lengths.map((length) => ({ ...whose, ...(0, report_1.figuresOf)(played, length), excludedBatchSizes }));
}
function playgroundsOf(options) {
    if (options.synthetic !== undefined) {
        return (0, synthetic_1.syntheticWorlds)(options.synthetic).map((world) => ({ world, excludedBatchSizes: [] }));
    }
    const directory = options.tracesDirectory;
    if (directory === undefined)
        throw new error_1.SimulationError('Cannot simulate: give a directory of traces, or synthetic jobs.');
    const gpus = options.gpus ?? (0, traces_1.listGpuModels)(directory);
    return gpus.flatMap((gpu) => (0, traces_1.loadTraces)(directory, gpu, options).map((world) => ({ world, excludedBatchSizes: world.excludedBatchSizes })));
}
function check({ eta, objective, policies, recurrences, seeds, synthetic }) {
    const rules = [
        ['policies', policies.length, policies.length > 0, 'at least one'],
        ['seeds', seeds, isCount(seeds), 'a whole number above 0'],
        [
            'recurrences',
            recurrences.find((one) => !isCount(one)) ?? recurrences.length,
            recurrences.length > 0 && recurrences.every(isCount),
            'whole numbers above 0',
        ],
        ['eta', eta, eta >= 0 && eta <= 1, 'within 0 and 1'],
        ['maxSlowdown', objective?.maxSlowdown ?? 1, (objective?.maxSlowdown ?? 1) >= 1, 'at least 1'],
        ['deadlineSeconds', objective?.deadlineSeconds ?? 1, (objective?.deadlineSeconds ?? 1) > 0, 'above 0'],
        ['synthetic', synthetic ?? 1, isCount(synthetic ?? 1), 'a whole number above 0'],
    ];
    const broken = rules.find(([, , holds]) => !holds);
    if (broken !== undefined)
        throw new error_1.SimulationError(`Cannot simulate: ${broken[0]} is ${broken[1]} and must be ${broken[3]}.`);
}
function isCount(value) {
    return Number.isSafeInteger(value) && value > 0;
}
//# sourceMappingURL=simulate.js.map