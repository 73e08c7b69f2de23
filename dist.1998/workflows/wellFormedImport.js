"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.checkImport = checkImport;
exports.checkRoom = checkRoom;
const messages_1 = require("./messages");
const wellFormed_1 = require("./wellFormed");
/** JSON characters: a quarter of what Temporal takes as one payload. */
const largestImport = 512 * 1024;
const isWeight = (value) => typeof value === 'number' && value > 0 && value <= 1;
const unknowns = ['epochs', 'powerLimitWatts'];
const isOrigin = (value) => (0, wellFormed_1.isFields)(value) &&
    (0, wellFormed_1.isText)(value['from'], 200) &&
    isWeight(value['weight']) &&
    (value['unknown'] === undefined || (0, wellFormed_1.isListOf)(value['unknown'], (field) => unknowns.includes(field), unknowns.length));
const requestRules = [
    [
        'observations',
        (value) => (0, wellFormed_1.isListOf)(value, wellFormed_1.isFields, messages_1.importLimits.perRequest),
        `a list of at most ${messages_1.importLimits.perRequest} observations`,
    ],
];
const importedRules = [
    ['id', (value) => (0, wellFormed_1.isText)(value, 100) && value !== '', '1 to 100 characters'],
    ['slot', (value) => (0, wellFormed_1.isText)(value, 100), 'at most 100 characters'],
    ['gpuModel', wellFormed_1.isModel, 'the name of a GPU model'],
    ...wellFormed_1.observationRules,
    ['imported', isOrigin, 'where it comes from, a weight above 0 and at most 1, and what is unknown of it'],
];
/** @throws ApplicationFailure `InvalidMessage` */
function checkImport(message) {
    const { observations } = (0, wellFormed_1.check)('import', message, requestRules, largestImport);
    for (const observation of listOf(observations))
        (0, wellFormed_1.check)('import', observation, importedRules);
}
/** `held`: the ids of what the job has imported. @throws ApplicationFailure `InvalidMessage` */
function checkRoom(held, observations) {
    const known = new Set(held);
    const more = observations.filter(({ id }) => !known.has(id)).length;
    if (held.length + more <= messages_1.importLimits.perJob)
        return;
    throw (0, wellFormed_1.invalid)(`Cannot import ${more} observations: ${held.length} were imported, and a job takes ${messages_1.importLimits.perJob}; leave old ones out.`);
}
function listOf(value) {
    return Array.isArray(value) ? value : [];
}
//# sourceMappingURL=wellFormedImport.js.map