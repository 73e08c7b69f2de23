"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.exportLines = exportLines;
/** What a job knows, as lines of an export: the facts that another job can learn from, and its latest decisions. */
const zod_1 = require("zod");
const exportFormat_1 = require("./exportFormat");
/** The header first. What this job imported itself is not told on: it would count twice where both sources are imported. */
function exportLines({ facts, ledger, exportedAt }) {
    const attempts = ledger.slots.flatMap(({ slot, attempts: of }) => of.map((attempt) => ({ slot, attempt })));
    return [
        headerOf(facts, exportedAt),
        ...measurementLines(facts),
        ...attempts.flatMap(({ attempt }) => observationLine(attempt, facts)),
        ...attempts.map(({ slot, attempt: { decision, decidedAt } }) => ({ type: 'decision', slot, decidedAt, decision })),
    ];
}
function headerOf({ spec }, exportedAt) {
    const { job, batchSizes, defaultBatchSize, maxEpochs, target } = spec;
    const gpuCount = spec.gpus.count * (spec.gpus.hosts ?? 1);
    const of = { job, exportedAt, batchSizes, defaultBatchSize, maxEpochs, target, gpuCount };
    return { format: exportFormat_1.exportFormat, version: exportFormat_1.exportVersion, ...of };
}
/** Older runs of the ledger have lost their single measurements; those that the policy has not folded in yet have them. */
function observationLine({ observation, answer }, { since }) {
    if (observation === undefined)
        return [];
    const whole = since.find(({ id }) => id === observation.id) ?? observation;
    const why = answer?.quarantinedBecause;
    return [{ type: 'observation', observation: whole, ...(why === undefined ? {} : { quarantinedBecause: why }) }];
}
/** The part of the memory of policy `wattbandit` that is worth telling on besides the runs themselves. */
const profiles = zod_1.z.object({
    version: zod_1.z.literal(1),
    gpus: zod_1.z.record(zod_1.z.string(), zod_1.z.object({
        sizes: zod_1.z.record(zod_1.z.string(), zod_1.z.object({
            swept: zod_1.z.boolean(),
            limits: zod_1.z.record(zod_1.z.string(), zod_1.z.tuple([zod_1.z.number(), zod_1.z.number()])),
            windows: zod_1.z.array(zod_1.z.number()).optional(),
        })),
    })),
});
/** Nothing where another policy remembers in another form. */
function measurementLines({ memory }) {
    const known = profiles.safeParse(memory);
    if (!known.success)
        return [];
    return Object.entries(known.data.gpus).flatMap(([gpuModel, { sizes }]) => Object.entries(sizes).map(([size, profile]) => {
        const batchSize = Number(size);
        return { type: 'measurements', gpuModel, batchSize, measurements: measurementsOf(batchSize, profile) };
    }));
}
function measurementsOf(batchSize, { swept, limits, windows = [] }) {
    return Object.entries(limits).map(([limit, [secondsPerEpoch, averageWatts]]) => {
        const powerLimitWatts = Number(limit);
        const source = swept || windows.includes(powerLimitWatts) ? 'profile' : 'probe';
        return { batchSize, powerLimitWatts, secondsPerEpoch, averageWatts, source };
    });
}
//# sourceMappingURL=export.js.map