"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.checkOverride = checkOverride;
exports.checkClear = checkClear;
const wellFormed_1 = require("./wellFormed");
const longestText = 500;
const longestId = 128;
const longestSeconds = 366 * 86_400;
const mostCharacters = 16 * 1024;
const isFields = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value, longest) => typeof value === 'string' && value !== '' && value.length <= longest;
const within = (least, most) => (value) => typeof value === 'number' && value >= least && value <= most;
const maybe = (holds) => (value) => value === undefined || holds(value);
const common = [
    ['reason', (value) => isText(value, longestText), `given, of at most ${longestText} characters`],
    ['who', maybe((value) => isText(value, longestText)), `at most ${longestText} characters`],
    ['id', maybe((value) => isText(value, longestId)), `at most ${longestId} characters`],
    ['token', maybe((value) => typeof value === 'string'), 'a string'],
];
const watts = ['powerLimitWatts', within(1, 100_000), 'watts from 1 to 100000'];
function rulesFor({ batchSizes }) {
    const size = [
        'batchSize',
        (value) => batchSizes.some((known) => known === value),
        `one of ${batchSizes.join(', ')}`,
    ];
    return {
        pinBatchSize: [size],
        banBatchSize: [size],
        pinPowerLimit: [watts],
        powerBound: [watts],
        eta: [['eta', within(0, 1), 'from 0 (only time matters) to 1 (only energy)']],
        slowDownBound: [['maxSlowdown', within(1, 1000), 'at least 1']],
        pauseLearning: [],
        pauseTuning: [],
        freeze: [],
        resume: [],
    };
}
/** @throws ApplicationFailure `InvalidMessage` */
function checkOverride(request, spec) {
    const fields = check('override', request, [
        ...common,
        ['seconds', maybe(within(1, longestSeconds)), `from 1 to ${longestSeconds}`],
        ['order', isFields, 'an object with a kind'],
    ]);
    const { order } = fields;
    if (!isFields(order))
        return;
    const kinds = rulesFor(spec);
    const rules = typeof order['kind'] === 'string' && Object.hasOwn(kinds, order['kind']) ? kinds[order['kind']] : undefined;
    if (rules === undefined)
        throw (0, wellFormed_1.invalid)(`Cannot override: order.kind must be one of ${Object.keys(kinds).join(', ')}.`);
    check('override', order, rules);
    const unknown = Object.keys(order).find((key) => key !== 'kind' && !rules.some(([field]) => field === key));
    if (unknown !== undefined)
        throw (0, wellFormed_1.invalid)(`Cannot override: order.${unknown.slice(0, 40)} means nothing to ${String(order['kind'])}.`);
}
/** @throws ApplicationFailure `InvalidMessage` */
function checkClear(request) {
    check('clear overrides', request, common);
}
function check(verb, message, rules) {
    if (!isFields(message))
        throw (0, wellFormed_1.invalid)(`Cannot ${verb}: the message must be an object.`);
    for (const [field, holds, mustBe] of rules)
        if (!holds(message[field]))
            throw (0, wellFormed_1.invalid)(`Cannot ${verb}: ${field} must be ${mustBe}.`);
    if (JSON.stringify(message).length <= mostCharacters)
        return message;
    throw (0, wellFormed_1.invalid)(`Cannot ${verb}: the message must have at most ${mostCharacters} characters.`);
}
//# sourceMappingURL=checkOrder.js.map