"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.scenarioNames = void 0;
exports.scenarioNamed = scenarioNamed;
/** What else may happen to a job: noise, drift, overlap, losses, changing objectives, operators. */
const random_1 = require("../policy/random");
const drift_1 = require("./drift");
const error_1 = require("./error");
const scenario_1 = require("./scenario");
const world_1 = require("./world");
const plain = { name: 'none', concurrency: 1, prepare: (world) => () => (0, scenario_1.plainCourse)(world) };
/** Chance that a run is lost; and that an operator pins a size for one recurrence. */
const lossProbability = 0.1;
const pinProbability = 0.1;
/** Each recorded run turns into this many, its epochs multiplied by a factor each. */
const factorsPerOutcome = 100;
/** The share of runs that fail with a flaky size. */
const flakyRuns = 0.3;
const scenarios = [
    plain,
    changed('noise', (random) => Math.exp(random.normal(0, 0.25))),
    changed('heavy-tails', (random) => Math.exp(0.1 * studentT3(random))),
    ...drift_1.driftScenarios,
    ...[2, 4, 8].map((concurrency) => ({ ...plain, name: `overlap-${concurrency}`, concurrency })),
    { ...plain, name: 'crashes', prepare: (world) => () => ({ ...(0, scenario_1.plainCourse)(world), lostAfter, expectedLoss }) },
    { ...plain, name: 'flaky', prepare: (world) => (random) => (0, scenario_1.plainCourse)(flaky(world, random)) },
    {
        ...plain,
        name: 'eta',
        prepare: (world) => (random) => ({ ...(0, scenario_1.plainCourse)(world), circumstances: () => ({ eta: random.uniform() }) }),
    },
    {
        ...plain,
        name: 'overrides',
        prepare: (world) => (random) => ({ ...(0, scenario_1.plainCourse)(world), circumstances: () => pin(world, random) }),
    },
    { ...plain, name: 'random-default', prepare: (world) => (random) => (0, scenario_1.plainCourse)(withRandomDefault(world, random)) },
];
exports.scenarioNames = scenarios.map((scenario) => scenario.name);
function scenarioNamed(name) {
    const scenario = scenarios.find((one) => one.name === name);
    if (scenario !== undefined)
        return scenario;
    throw new error_1.SimulationError(`Cannot simulate the scenario ${name}: there are ${exports.scenarioNames.join(', ')}.`);
}
function changed(name, factor) {
    const random = (0, random_1.createRandom)((0, random_1.seedFor)(`scenario ${name}`));
    const factors = Array.from({ length: factorsPerOutcome }, () => factor(random));
    return {
        ...plain,
        name,
        prepare: (world) => {
            const noisy = (0, world_1.withOutcomes)(world, (outcomes) => outcomes.flatMap((epochs) => factors.map((each) => (epochs === null ? null : Math.max(1, Math.round(epochs * each))))));
            return () => (0, scenario_1.plainCourse)(noisy);
        },
    };
}
/** Student's t with three degrees of freedom, held within ±15: a normal over the root of a mean of squared ones. */
function studentT3(random) {
    const squares = [1, 2, 3].map(() => random.normal(0, 1) ** 2);
    const root = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / 3);
    return Math.min(15, Math.max(-15, random.normal(0, 1) / root));
}
/** Half of a run on average, as often as runs are lost before one is not. */
const expectedLoss = (0.5 * lossProbability) / (1 - lossProbability);
function lostAfter(random) {
    return random.uniform() < lossProbability ? random.uniform() : null;
}
/** An operator pins sizes that work. */
function pin(world, random) {
    const safe = safeSizes(world);
    const pinnedBatchSize = safe[Math.floor((random.uniform() / pinProbability) * safe.length)];
    return pinnedBatchSize === undefined ? {} : { pinnedBatchSize };
}
/** Those that converge in every run. */
function safeSizes(world) {
    const { job } = world;
    return job.batchSizes.filter((batchSize) => world.outcomesOf(batchSize).every((epochs) => epochs !== null && epochs <= job.maxEpochs));
}
/** Half of the sizes, never the default, converge only sometimes. */
function flaky(world, random) {
    return (0, world_1.withOutcomes)(world, (outcomes, batchSize) => {
        if (random.uniform() < 0.5 || batchSize === world.job.defaultBatchSize)
            return outcomes;
        return Array.from({ length: 10 }, (_, copy) => copy < 10 * flakyRuns ? outcomes.map(() => null) : outcomes).flat();
    });
}
function withRandomDefault(world, random) {
    const safe = safeSizes(world);
    const defaultBatchSize = safe[Math.floor(random.uniform() * safe.length)] ?? world.job.defaultBatchSize;
    return { ...world, job: { ...world.job, defaultBatchSize } };
}
//# sourceMappingURL=scenarios.js.map