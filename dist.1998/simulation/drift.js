"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.driftScenarios = void 0;
const error_1 = require("./error");
const references_1 = require("./references");
const scenario_1 = require("./scenario");
const world_1 = require("./world");
exports.driftScenarios = [
    drift('drift-doubled', withEpochLimit(2), (world) => scaled(world, () => 2)),
    drift('drift-halved', withEpochLimit(1), (world) => scaled(world, () => 0.5)),
    drift('drift-shifted', withEpochLimit(1), shifted),
    drift('drift-target', withEpochLimit(1), easier),
];
function drift(name, before, change) {
    return {
        name,
        concurrency: 1,
        prepare: (world, recurrences) => {
            const first = before(world);
            return (random) => {
                const second = change(first, random);
                return { ...(0, scenario_1.plainCourse)(first), worldAt: (recurrence) => (recurrence < recurrences / 2 ? first : second) };
            };
        },
    };
}
/** A job whose epochs will double has a limit that allows for it from the beginning. */
function withEpochLimit(factor) {
    return (world) => ({ ...world, job: { ...world.job, maxEpochs: world.job.maxEpochs * factor } });
}
function scaled(world, factor) {
    return (0, world_1.withOutcomes)(world, (outcomes, batchSize) => outcomes.map((epochs) => (epochs === null ? null : Math.max(1, Math.round(epochs * factor(batchSize))))));
}
/** The best size moves up or down: epochs grow or shrink by a factor √2 a doubling, away from the default. */
function shifted(world, random) {
    const power = random.uniform() < 0.5 ? 0.5 : -0.5;
    return scaled(world, (batchSize) => (batchSize / world.job.defaultBatchSize) ** power);
}
/** The neighbouring target that the default reaches sooner. */
function easier(world) {
    const others = (world.neighbours?.() ?? []).filter((other) => Number.isFinite(defaultEpochs(other)));
    const [first, ...rest] = others;
    if (first === undefined) {
        throw new error_1.SimulationError(`Cannot change the target of ${world.job.id}: no other target is recorded; choose another scenario.`);
    }
    return rest.reduce((best, other) => (defaultEpochs(other) < defaultEpochs(best) ? other : best), first);
}
function defaultEpochs(world) {
    return (0, references_1.expectedEpochs)(world, world.job.defaultBatchSize);
}
//# sourceMappingURL=drift.js.map