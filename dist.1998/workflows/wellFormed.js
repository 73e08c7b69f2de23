"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.observationRules = exports.isModel = exports.isListOf = exports.isText = exports.isFields = void 0;
exports.checkAsk = checkAsk;
exports.checkTell = checkTell;
exports.checkGiveUp = checkGiveUp;
exports.invalid = invalid;
exports.check = check;
/** Which messages are refused before they reach history. What comes in may be any JSON. */
const common_1 = require("@temporalio/common");
const facts_1 = require("../policy/facts");
const messages_1 = require("./messages");
/** JSON characters: several times what the largest job needs. A message is state, and is carried through continue-as-new. */
const largestMessage = 64 * 1024;
const mostPowerLimits = 64;
const isFields = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
exports.isFields = isFields;
const isText = (value, longest) => typeof value === 'string' && value.length <= longest;
exports.isText = isText;
const isCount = (value) => typeof value === 'number' && Number.isInteger(value) && value >= 1;
const isSlot = (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) && !Number.isNaN(Date.parse(value));
const isListOf = (value, holds, most = Infinity) => Array.isArray(value) && value.length <= most && value.every(holds);
exports.isListOf = isListOf;
const isPositive = (value) => typeof value === 'number' && value > 0;
/** It becomes a key of the memory, where `__proto__` and its like mean something else. */
const isModel = (value) => typeof value === 'string' && value !== '' && (0, exports.isText)(value, 100) && !(value in {});
exports.isModel = isModel;
const isGpus = (value) => (0, exports.isFields)(value) &&
    (0, exports.isModel)(value['model']) &&
    isCount(value['count']) &&
    (0, exports.isListOf)(value['powerLimitsWatts'], isPositive, mostPowerLimits) &&
    !(0, exports.isListOf)(value['powerLimitsWatts'], isPositive, 0);
const slotRule = ['slot', isSlot, 'an instant such as 2021-07-01T00:00:00Z'];
const runRules = [slotRule, ['attempt', isCount, 'an integer of at least 1']];
const askRules = [
    ...runRules,
    ['gpus', isGpus, `a model, a count and 1 to ${mostPowerLimits} powerLimitsWatts above 0`],
];
const outcomes = ['converged', ...facts_1.failureClasses];
/** Of any observation, whoever made it. */
exports.observationRules = [
    ['outcome', (value) => outcomes.includes(value), `one of ${outcomes.join(', ')}`],
    ['reachedEpochLimit', (value) => typeof value === 'boolean', 'true or false'],
    ['measurements', (value) => (0, exports.isListOf)(value, exports.isFields), 'a list of measurements'],
    ['outOfMemoryBatchSizes', (value) => value === undefined || Array.isArray(value), 'a list of batch sizes'],
    ['detail', (value) => value === undefined || (0, exports.isText)(value, messages_1.longestDetail), `at most ${messages_1.longestDetail} characters`],
];
const tellRules = [
    ...runRules,
    ['leases', (value) => value === undefined || (0, exports.isListOf)(value, exports.isFields), 'a list of leases'],
    ['gpuModel', exports.isModel, 'the name of a GPU model'],
    ...exports.observationRules,
    ['imported', (value) => value === undefined, 'left out: what this job did not run is imported, not told'],
];
const giveUpRules = [
    slotRule,
    ['failure', (value) => value === 'infrastructure' || value === 'operator', 'infrastructure or operator'],
    ['why', (value) => (0, exports.isText)(value, messages_1.longestDetail), `at most ${messages_1.longestDetail} characters`],
];
/** @throws ApplicationFailure `InvalidMessage` */
function checkAsk(message) {
    checkRun('decide', message, askRules);
}
/** Only its shape: whether its numbers can be true is {@link doubt}'s question. @throws ApplicationFailure `InvalidMessage` */
function checkTell(message) {
    checkRun('learn', message, tellRules);
}
/** @throws ApplicationFailure `InvalidMessage` */
function checkGiveUp(message) {
    check('give a slot up', message, giveUpRules);
}
function invalid(message) {
    return common_1.ApplicationFailure.nonRetryable(message, 'InvalidMessage');
}
function checkRun(verb, message, rules) {
    const { id, slot, attempt } = check(verb, message, rules);
    if (id !== (0, messages_1.askId)(String(slot), Number(attempt)))
        throw invalid(`Cannot ${verb}: id must be <slot>/<attempt>.`);
}
/** @throws ApplicationFailure `InvalidMessage` */
function check(verb, message, rules, largest = largestMessage) {
    if (!(0, exports.isFields)(message))
        throw invalid(`Cannot ${verb}: the message must be an object.`);
    for (const [field, holds, mustBe] of rules) {
        if (!holds(message[field]))
            throw invalid(`Cannot ${verb}: ${field} must be ${mustBe}.`);
    }
    if (JSON.stringify(message).length <= largest)
        return message;
    throw invalid(`Cannot ${verb}: the message must have at most ${largest} characters.`);
}
//# sourceMappingURL=wellFormed.js.map