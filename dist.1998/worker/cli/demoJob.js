"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.demoJob = demoJob;
/** The job that the demonstration runs: one recorded by Zeus, and what it costs untouched and at best. */
const cost_1 = require("../../policy/cost");
const references_1 = require("../../simulation/references");
const traces_1 = require("../../simulation/traces");
const contracts_1 = require("../../workflows/contracts");
const packaged_1 = require("../packaged");
const errors_1 = require("../errors");
/** What a run with the default takes in real time: long enough to be seen, short enough for a few dozen. */
const secondsPerRun = 0.4;
/** The only recorded metric that falls while training. */
const fallingMetric = { librispeech: 'wordErrorRate' };
function demoJob(gpu, dataset) {
    const [world] = (0, traces_1.loadTraces)(packaged_1.packagedTraces, gpu, { jobs: [dataset] });
    if (world === undefined)
        throw new errors_1.WattbanditError('invalid', `Cannot demonstrate ${dataset}: it is not recorded.`);
    const { batchSizes, defaultBatchSize, maxEpochs } = world.job;
    const falling = fallingMetric[dataset];
    const spec = contracts_1.jobSpecSchema.parse({
        version: 1,
        job: `demo-${dataset}-${gpu}-ciso`.replace(/[^A-Za-z0-9._-]/g, '-'),
        batchSizes: [...batchSizes],
        defaultBatchSize,
        maxEpochs,
        target: {
            metric: falling ?? 'accuracy',
            value: world.target,
            direction: falling === undefined ? 'atLeast' : 'atMost',
        },
        schedule: { every: '1h', overlap: 'bufferAll' },
        trainer: { kind: 'simulated', dataset },
        // Speed and energy are weighed by the carbon intensity that the slot's hour had in California.
        carbon: {},
        // Whoever kills a worker to see what happens wants to see it soon.
        heartbeatTimeout: '10s',
    });
    const { eta } = spec.objective;
    const untouched = (0, references_1.untouchedDefault)(world, eta);
    return {
        gpu,
        spec,
        untouched,
        best: (0, references_1.oracle)(world, eta),
        speed: untouched.seconds / secondsPerRun,
        costJoules: (joules, seconds) => (0, cost_1.zeusCostJoules)(joules, seconds, eta, (0, cost_1.maxPowerWatts)(world.gpus)),
    };
}
//# sourceMappingURL=demoJob.js.map