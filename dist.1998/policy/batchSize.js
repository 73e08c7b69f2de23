"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.wattbandit = void 0;
exports.createWattbandit = createWattbandit;
/**
 * The bandit over batch sizes, `wattbandit`. A run costs epochs × cost per epoch; the second factor is measured cheaply by
 * profiles and probes, so only epochs need whole runs, and a size is tried when what it may save over the runs to come
 * exceeds what the trial is expected to cost. Nothing is drawn at random.
 */
const beliefs_1 = require("./beliefs");
const choose_1 = require("./choose");
const explain_1 = require("./explain");
const incumbent_1 = require("./incumbent");
const learn_1 = require("./learn");
const memory_1 = require("./memory");
const parameters_1 = require("./parameters");
const measurements_1 = require("./measurements");
const probes_1 = require("./probes");
const recall_1 = require("./recall");
const trials_1 = require("./trials");
function createWattbandit(options = {}) {
    const parameters = (0, parameters_1.parametersFor)(options);
    return {
        name: 'wattbandit',
        begin: () => memory_1.emptyMemory,
        recall: (stored) => (0, recall_1.recallVersion)('wattbandit', memory_1.emptyMemory, stored),
        observe: (memory, observation, job) => (0, learn_1.learn)(memory, observation, job, parameters),
        decide: (memory, ask) => decide(memory, ask, parameters),
    };
}
exports.wattbandit = createWattbandit();
function decide(memory, ask, parameters) {
    const beliefs = (0, beliefs_1.believe)(memory, ask, parameters);
    const incumbent = (0, incumbent_1.incumbentOf)(beliefs, ask);
    const horizon = (0, trials_1.horizonOf)(memory.runs, ask, parameters);
    const trials = incumbent === null ? [] : (0, trials_1.weighTrials)({ beliefs, incumbent, horizon, ask, parameters });
    const circumstances = { memory, ask, beliefs, incumbent, trials, horizon, parameters };
    const choice = (0, choose_1.choose)(circumstances);
    const { belief, mode, costCeilingJoules } = choice;
    const profiled = (0, measurements_1.profiledOf)(memory, ask.gpus, belief.batchSize);
    return {
        id: ask.id,
        policy: 'wattbandit',
        batchSize: belief.batchSize,
        powerLimitWatts: belief.swept ? belief.powerLimitWatts : null,
        ...(profiled.length === 0 ? {} : { profiled }),
        pace: belief.pace,
        costCeilingJoules,
        mode,
        objective: ask.objective,
        probes: (0, probes_1.planProbes)(circumstances, belief.batchSize, beliefs.epochsKnown ? belief.epochs : null),
        reason: (0, explain_1.reasonFor)(choice, circumstances),
        incumbent: incumbent?.batchSize ?? null,
        considered: trials.map((trial) => candidateOf(trial, beliefs)),
    };
}
function candidateOf({ belief, gainJoules, priceJoules, verdict }, { joulesKnown }) {
    return {
        batchSize: belief.batchSize,
        powerLimitWatts: belief.powerLimitWatts,
        predictedEpochs: belief.epochs,
        predictedCostJoules: joulesKnown ? belief.costJoules : null,
        predictedSeconds: joulesKnown ? belief.seconds : null,
        sd: Math.sqrt(belief.variance),
        gainJoules: joulesKnown ? gainJoules : null,
        priceJoules: joulesKnown ? priceJoules : null,
        verdict,
    };
}
//# sourceMappingURL=batchSize.js.map