"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.contend = contend;
exports.contenderNamed = contenderNamed;
/** Who plays: policies behind one face, each with the charging of its environment, and the fixed choices around them. */
const policy_1 = require("../policy");
const batchSizeZeus_1 = require("../policy/batchSizeZeus");
const error_1 = require("./error");
const references_1 = require("./references");
const windowCharging_1 = require("./windowCharging");
const zeusCharging_1 = require("./zeusCharging");
function contend(policy, charging, name = policy.name) {
    return {
        name,
        charging,
        begin: ({ job }) => {
            let memory = policy.begin(job);
            return {
                decide: (ask, random) => policy.decide(memory, ask, random),
                observe: (observation) => {
                    memory = policy.observe(memory, observation, job);
                },
            };
        },
    };
}
const contenders = [
    contend((0, batchSizeZeus_1.createZeus)(), zeusCharging_1.zeusCharging),
    contend(policy_1.wattbandit, windowCharging_1.windowCharging),
    fixed('oracle', (ask, world) => {
        const { batchSize, powerLimitWatts } = (0, references_1.oracle)(world, ask.objective.eta, ask.pinnedBatchSize);
        return { batchSize, powerLimitWatts };
    }),
    fixed('default', ({ job, gpus, pinnedBatchSize }) => ({
        batchSize: pinnedBatchSize ?? job.defaultBatchSize,
        powerLimitWatts: Math.max(...gpus.powerLimitsWatts),
    })),
];
function contenderNamed(name) {
    const contender = contenders.find((one) => one.name === name);
    if (contender !== undefined)
        return contender;
    throw new error_1.SimulationError(`Cannot simulate the policy ${name}: there are ${contenders.map((one) => one.name).join(', ')}.`);
}
/** Needs no memory, knows no ceiling. */
function fixed(name, choose) {
    const decide = (ask, world) => ({
        id: ask.id,
        policy: name,
        ...choose(ask, world),
        pace: { kind: 'free' },
        costCeilingJoules: null,
        mode: 'exploit',
        objective: ask.objective,
        probes: null,
        reason: `Always the ${name}.`,
        incumbent: null,
        considered: [],
    });
    return {
        name,
        charging: windowCharging_1.windowCharging,
        begin: () => ({ decide: (ask, _, world) => decide(ask, world), observe: () => { } }),
    };
}
//# sourceMappingURL=contenders.js.map