"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.readJobExport = readJobExport;
const exportFormat_1 = require("../exportFormat");
const yamlRules_1 = require("../yamlRules");
const input_1 = require("./input");
const rows_1 = require("./rows");
const mostBytes = 64 * 1024 * 1024;
/** @throws WattbanditError if it is no export, of another version, cut off or changed */
async function readJobExport(file) {
    const [first, ...lines] = unsealedLines(file, await (0, input_1.readText)(file, mostBytes));
    const header = headerOf(file, (0, exportFormat_1.jsonOf)(first ?? ''));
    if (lines.length > 2 * rows_1.mostRows)
        throw (0, input_1.cannotImport)(file, `it has more than ${2 * rows_1.mostRows} lines`);
    const { job, target, gpuCount } = header;
    return {
        donor: { name: `job ${job}`, target, gpuCount },
        rows: lines.flatMap((line, index) => rowsOf((0, exportFormat_1.jsonOf)(line), `line ${index + 2}`)),
    };
}
function unsealedLines(file, text) {
    try {
        return (0, exportFormat_1.unsealed)(text);
    }
    catch (error) {
        throw (0, input_1.cannotImport)(file, (0, input_1.messageOf)(error), error);
    }
}
function headerOf(file, line) {
    const header = exportFormat_1.exportHeader.safeParse(line, { error: yamlRules_1.ruleFor });
    if (header.success)
        return header.data;
    throw (0, input_1.cannotImport)(file, `its first line is not the header of an export this version reads: ${(0, input_1.problemsIn)(header.error)}`);
}
/** Decisions are for people and for later checks; a job learns from what came of them. */
function rowsOf(line, place) {
    if (typeof line === 'object' && line !== null && 'type' in line && line.type === 'decision')
        return [];
    const parsed = exportFormat_1.exportedFacts.safeParse(line, { error: yamlRules_1.ruleFor });
    return [parsed.success ? rowOf(parsed.data, place) : { kind: 'dropped', place, why: (0, input_1.problemsIn)(parsed.error) }];
}
function rowOf(line, place) {
    const read = { kind: 'read', place, doubts: [] };
    if (line.type === 'measurements') {
        const { gpuModel, batchSize, measurements } = line;
        const none = { seconds: 0, joules: 0, epochs: 0, powerLimitWatts: null, at: null };
        const facts = {
            ...none,
            gpuModel,
            batchSize,
            measurements,
            outcome: 'operator',
            detail: 'what was measured',
        };
        return { ...read, key: JSON.stringify([gpuModel, measurements]), facts };
    }
    const { observation, quarantinedBecause: why } = line;
    if (why !== undefined)
        return { kind: 'dropped', place, why: `was quarantined there: ${why}` };
    const { id, outcome, seconds, joules } = observation;
    return { ...read, key: JSON.stringify([id, outcome, seconds, joules]), facts: factsOf(observation) };
}
/** Its id, attempt and epoch limit mean something only there. */
function factsOf(observation) {
    const { gpuModel, batchSize, powerLimitWatts, outcome, epochs, seconds, joules, measurements } = observation;
    const { slot: at, detail, outOfMemoryBatchSizes } = observation;
    const told = { gpuModel, batchSize, powerLimitWatts, outcome, epochs, seconds, joules, measurements, at };
    return { ...told, detail, outOfMemoryBatchSizes };
}
//# sourceMappingURL=jobExport.js.map