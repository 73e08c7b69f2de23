"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.donorRuns = void 0;
exports.assess = assess;
/** Holds the rows of a source against the job that is to learn from them: what is taken, what counts for less, what is dropped. */
const node_crypto_1 = require("node:crypto");
const facts_1 = require("../../policy/facts");
const messages_1 = require("../../workflows/messages");
const plausible_1 = require("../../workflows/plausible");
const wellFormed_1 = require("../../workflows/wellFormed");
/** The runs of a donor count at most for so many of the job's own at each batch size: a warm start, not a verdict. */
exports.donorRuns = 5;
/** What may be wrong counts half. */
const doubtfulShare = 0.5;
/** Power meters and limits have their errors. */
const tolerance = 1.1;
function assess({ donor, rows }, spec, told) {
    const general = doubtsOf(donor, spec);
    const assessed = rows.map((row) => assessRow(row, { donor, spec, told, general }));
    const taught = assessed.flatMap(({ observation }) => observation !== null && teaches(observation) ? observation : []);
    return assessed.map((row) => weighed(row, taught));
}
function assessRow(row, of) {
    const { place } = row;
    if (row.kind === 'dropped')
        return { place, verdict: 'dropped', why: row.why, observation: null };
    const observation = observationOf(row, of);
    const why = objectionTo(observation, of.spec);
    if (why !== undefined)
        return { place, verdict: 'dropped', why, observation: null };
    const doubts = teaches(observation) ? [...of.general, ...row.doubts, ...drawDoubts(observation, of)] : [];
    const verdict = doubts.length > 0 ? 'doubtful' : 'taken';
    return { place, verdict, why: [...doubts, ...leftOut(row, of.spec)].join('; '), observation };
}
/** Its id has none of what a person told: imported once more with other options, a run is still the same. */
function observationOf({ key, facts }, { donor, spec, told }) {
    const { batchSize, outcome, seconds, joules, detail, epochs, at, outOfMemoryBatchSizes: tooLarge } = facts;
    const id = `import/${(0, node_crypto_1.createHash)('sha256')
        .update(JSON.stringify([donor.name, key]))
        .digest('hex')
        .slice(0, 24)}`;
    const gpuModel = told.gpuModel ?? facts.gpuModel ?? '';
    const powerLimitWatts = facts.powerLimitWatts ?? told.powerLimitWatts ?? 0;
    const unknown = [
        ...(epochs === null ? ['epochs'] : []),
        ...(powerLimitWatts === 0 ? ['powerLimitWatts'] : []),
    ];
    const isOurs = (size) => spec.batchSizes.includes(size);
    return {
        ...{ id, slot: at ?? id, attempt: 1, gpuModel, batchSize, powerLimitWatts, outcome, seconds, joules },
        ...(detail === undefined ? {} : { detail: detail.slice(0, messages_1.longestDetail) }),
        epochs: epochs ?? 0,
        reachedEpochLimit: outcome !== 'converged' && epochs !== null && epochs >= spec.maxEpochs,
        measurements: facts.measurements.filter((measured) => isOurs(measured.batchSize)),
        ...(tooLarge === undefined ? {} : { outOfMemoryBatchSizes: tooLarge.filter(isOurs) }),
        imported: { from: donor.name.slice(0, 200), weight: 1, ...(unknown.length === 0 ? {} : { unknown }) },
    };
}
function objectionTo(observation, spec) {
    if (observation.gpuModel === '')
        return 'its GPU model is not known; give it by --gpu-model';
    if (!(0, wellFormed_1.isModel)(observation.gpuModel))
        return 'its GPU model is no name';
    return (0, plausible_1.doubtImported)(observation, spec);
}
/** About the source as a whole. */
function doubtsOf({ target, gpuCount }, spec) {
    const gpus = gpuCountOf(spec);
    const { value, direction } = spec.target;
    const other = target !== null && (target.value !== value || target.direction !== direction);
    return [
        ...(other ? [`trained until ${target.direction} ${target.value}, this job until ${direction} ${value}`] : []),
        ...(gpuCount !== null && gpuCount !== gpus ? [`ran on ${gpuCount} GPUs, this job on ${gpus}`] : []),
    ];
}
function drawDoubts({ seconds, joules, powerLimitWatts }, { donor, spec }) {
    const most = powerLimitWatts * (donor.gpuCount ?? gpuCountOf(spec));
    const watts = joules / seconds;
    return most > 0 && watts > tolerance * most ? [`drew ${watts.toFixed(0)} W under a limit of ${most} W in all`] : [];
}
const gpuCountOf = ({ gpus }) => gpus.count * (gpus.hosts ?? 1);
function leftOut({ facts }, { batchSizes }) {
    const others = facts.measurements.map(({ batchSize }) => batchSize).filter((size) => !batchSizes.includes(size));
    return others.length === 0
        ? []
        : [`without measurements of ${[...new Set(others)].join(', ')}, which the job has not`];
}
function teaches({ outcome }) {
    return outcome === 'converged' || facts_1.teachingFailures.includes(outcome);
}
/** A donor of many runs must not silence the job's own. */
function weighed(row, taught) {
    const { observation, verdict } = row;
    if (observation?.imported === undefined || !teaches(observation))
        return row;
    const runs = taught.filter(({ batchSize }) => batchSize === observation.batchSize).length;
    const weight = Math.min(1, exports.donorRuns / runs) * (verdict === 'doubtful' ? doubtfulShare : 1);
    return { ...row, observation: { ...observation, imported: { ...observation.imported, weight } } };
}
//# sourceMappingURL=assess.js.map