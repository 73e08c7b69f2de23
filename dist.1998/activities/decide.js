"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createDecideActivities = createDecideActivities;
exports.policyFor = policyFor;
exports.askFor = askFor;
exports.jobFor = jobFor;
/** Runs the policy. The only bridge from activities to policy/; called as a local activity, so its answer is recorded. */
const common_1 = require("@temporalio/common");
const batchSize_1 = require("../policy/batchSize");
const batchSizeZeus_1 = require("../policy/batchSizeZeus");
const override_1 = require("../policy/override");
const random_1 = require("../policy/random");
const contracts_1 = require("../workflows/contracts");
const underGrid_1 = require("./carbon/underGrid");
const slots_1 = require("./slots");
const underOrders_1 = require("./underOrders");
/** Observations are folded into the memory this many at a time: rarely, to keep history small. */
const foldEvery = 32;
function createDecideActivities() {
    return {
        /** Pure in all but its name: the same input gives the same answer. */
        async decide(input) {
            const { spec, request, since } = input;
            const policy = policyFor(spec);
            const memory = learnedBy(policy, input);
            const random = (0, random_1.createRandom)((0, random_1.seedFor)(`${spec.job}/${request.id}`));
            const active = (0, override_1.activeAt)(input.overrides ?? [], input.at ?? '');
            const standing = (0, override_1.standingOf)(active);
            const ask = (0, underOrders_1.askUnder)(askFor(input), standing, input.last);
            const decideAt = (eta) => {
                const decided = policy.decide(memory, { ...ask, objective: { ...ask.objective, eta } }, random);
                return (0, underOrders_1.decisionUnder)(decided, ask, standing, input.last);
            };
            // Where an operator set η, he and not the grid moves it.
            const told = gridQuestion(input);
            const question = standing.eta === undefined && standing.tuning ? told : undefined;
            const { eta } = ask.objective;
            const decided = question === undefined ? besideGrid(input, decideAt(eta)) : (0, underGrid_1.decideUnderGrid)(question, decideAt);
            const decision = active.length === 0 ? decided : { ...decided, overrides: active.map(({ id }) => id) };
            const folds = since.length >= foldEvery;
            const grid = folds ? told?.memory : told && gridOfTheDay(input, told.view);
            return {
                decision: forHistory(decision),
                ...(folds ? { memory } : {}),
                ...(grid === undefined ? {} : { grid }),
                skipped: (0, slots_1.skippedSlots)(spec.schedule, input.lastSlot, request.slot),
            };
        },
        /** The memory with `since` in it. */
        async learn(input) {
            return learnedBy(policyFor(input.spec), input);
        },
    };
}
function learnedBy(policy, { spec, memory, since }) {
    const job = jobFor(spec);
    const recalled = memory === undefined ? policy.begin(job) : policy.recall(memory);
    return since.reduce((known, observation) => policy.observe(known, observation, job), recalled);
}
/** @throws ApplicationFailure `InvalidRequest` for a policy that this version does not know */
function policyFor(spec) {
    switch (spec.policy.name) {
        case 'wattbandit':
            return (0, batchSize_1.createWattbandit)({ trustRegion: spec.policy.trustRegion });
        case 'zeus':
            return (0, batchSizeZeus_1.createZeus)(spec.policy);
        default:
            throw unknownPolicy(spec.policy);
    }
}
function unknownPolicy(policy) {
    return common_1.ApplicationFailure.nonRetryable(`Cannot decide by policy ${policy.name}: this worker knows wattbandit and zeus; upgrade it or change the job.`, contracts_1.failureTypes.invalidRequest);
}
function askFor({ spec, request, inFlight }) {
    const { eta, maxSlowdown, deadline } = spec.objective;
    const { id, slot, attempt, gpus } = request;
    return {
        id,
        slot,
        attempt,
        gpus,
        job: jobFor(spec),
        objective: { eta, maxSlowdown, deadlineSeconds: deadline },
        inFlight,
        exploration: true,
    };
}
function jobFor(spec) {
    const { job: id, batchSizes, defaultBatchSize, maxEpochs } = spec;
    return { id, batchSizes, defaultBatchSize, maxEpochs };
}
function gridQuestion(input) {
    const { spec, request } = input;
    const { grid: view } = request;
    if (spec.carbon === undefined || view === undefined)
        return undefined;
    return { spec, carbon: spec.carbon, request, view, memory: (0, underGrid_1.gridMemoryOf)(input, view) };
}
function besideGrid({ spec: { carbon }, request }, decision) {
    if (carbon === undefined || request.grid !== undefined)
        return decision;
    const remark = 'Its host is told of no grid (`carbon:` in the worker’s configuration), so the job’s own η counts.';
    return { ...decision, reason: `${decision.reason} ${remark}` };
}
/** Once a day, which keeps history small: hosts tell anew with each ask. Runs told since are left for when they are folded. */
function gridOfTheDay(input, view) {
    const dayOf = ({ digest }) => digest?.reference.countedToAt?.slice(0, 10);
    const now = (0, underGrid_1.gridMemoryOf)({ ...input, since: [] }, view);
    const isNew = input.grid === undefined || dayOf(input.grid) !== dayOf(now) || (input.grid.budget === null && now.budget !== null);
    return isNew ? now : undefined;
}
function forHistory(decision) {
    return { ...decision, considered: decision.considered.map(rounded) };
}
/** Six digits say all that a person or a later check needs, and keep the explanation small in history. */
function rounded(candidate) {
    const short = (value) => (value === null ? null : Number(value.toPrecision(6)));
    return {
        ...candidate,
        predictedEpochs: short(candidate.predictedEpochs),
        predictedCostJoules: short(candidate.predictedCostJoules),
        predictedSeconds: short(candidate.predictedSeconds),
        sd: short(candidate.sd),
        gainJoules: short(candidate.gainJoules),
        priceJoules: short(candidate.priceJoules),
    };
}
//# sourceMappingURL=decide.js.map