"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.forecastWords = exports.historyWords = void 0;
exports.nowOf = nowOf;
exports.historyOf = historyOf;
exports.forecastOf = forecastOf;
exports.comingHours = comingHours;
exports.actionFor = actionFor;
const error_1 = require("./error");
const gridSlots_1 = require("./gridSlots");
const reading_1 = require("./reading");
const hourSeconds = 3600;
function nowOf(source, clock) {
    const { facts } = source;
    const longest = Math.max(hourSeconds, facts.slotSeconds);
    return {
        question: 'now',
        key: 'now',
        action: actionFor(facts, 'for now'),
        ask: async (abort) => [(0, reading_1.refuseFuture)((0, reading_1.checkedReading)(await source.now(abort), facts), clock())],
        // Slots may be longer than was configured: while the one heard of lasts there is nothing new to hear.
        untilSeconds: ([heard]) => Math.min(Math.max(endOf(heard), slotEnd(facts, clock)), (0, gridSlots_1.secondsOf)(clock()) + longest),
    };
}
function historyOf(source, range, clock) {
    const { facts } = source;
    return {
        question: 'history',
        key: `history ${range.fromAt} ${range.toAt}`,
        action: actionFor(facts, (0, exports.historyWords)(range)),
        ask: async (abort) => (0, gridSlots_1.overlapping)((await source.history(range, abort)).map((one) => (0, reading_1.checkedReading)(one, facts)), range),
        // A provider revises its past.
        untilSeconds: () => slotEnd(facts, clock),
    };
}
function forecastOf(source, hours, clock) {
    const { facts } = source;
    return {
        question: 'forecast',
        key: `forecast ${hours}`,
        action: actionFor(facts, (0, exports.forecastWords)(hours)),
        ask: async (abort) => {
            const told = (await source.forecast(hours, abort)).map((one) => (0, reading_1.checkedReading)(one, facts));
            const coming = (0, gridSlots_1.overlapping)(told, comingHours(hours, clock));
            if (coming.length > 0)
                return coming;
            throw new error_1.SourceError('unusable', 'its forecast has nothing of the time asked for');
        },
        untilSeconds: () => slotEnd(facts, clock),
    };
}
function comingHours(hours, clock) {
    const now = (0, gridSlots_1.secondsOf)(clock());
    return { fromAt: (0, gridSlots_1.instantAt)(now), toAt: (0, gridSlots_1.instantAt)(now + hours * hourSeconds) };
}
/** As in: Cannot ‹action›. */
function actionFor({ provider, zone, kind }, when) {
    const what = kind === 'price' ? 'price of electricity' : `${kind} carbon intensity`;
    return `read the ${what} of ${zone} from ${provider} ${when}`;
}
const historyWords = ({ fromAt, toAt }) => `from ${fromAt} to ${toAt}`;
exports.historyWords = historyWords;
const forecastWords = (hours) => `for the next ${hours} h`;
exports.forecastWords = forecastWords;
function endOf(reading) {
    return reading === undefined ? 0 : (0, gridSlots_1.secondsOf)(reading.validToAt);
}
function slotEnd({ slotSeconds }, clock) {
    return (0, gridSlots_1.slotStart)((0, gridSlots_1.secondsOf)(clock()), slotSeconds) + slotSeconds;
}
//# sourceMappingURL=questions.js.map