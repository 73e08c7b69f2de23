"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createCached = createCached;
/** Any source, made fit to be asked by many: each question once in a grid slot, never for long, every answer checked. */
const asking_1 = require("./asking");
const error_1 = require("./error");
const gridSlots_1 = require("./gridSlots");
const historyParts_1 = require("./historyParts");
const look_1 = require("./look");
const questions_1 = require("./questions");
function createCached(source, options = {}) {
    const { clock = gridSlots_1.systemClock, timeoutSeconds = 8, questionsPerHour = 120 } = options;
    const { facts } = source;
    const { slotSeconds } = facts;
    const ask = (0, asking_1.createAsker)({ clock, slotSeconds, timeoutSeconds, questionsPerHour });
    let newest;
    const now = async () => {
        const [reading] = await ask((0, questions_1.nowOf)(source, clock));
        if (reading === undefined)
            throw new Error('a question for now has one answer');
        if (newest === undefined || reading.validFromAt >= newest.validFromAt)
            newest = reading;
        return reading;
    };
    return {
        facts,
        now,
        history: (range) => telling((0, questions_1.actionFor)(facts, (0, questions_1.historyWords)(range)), async () => {
            const told = [];
            // One after the other: a provider takes many questions at once for an attack.
            for (const part of (0, historyParts_1.historyParts)(range, facts, clock()))
                told.push(...(await ask((0, questions_1.historyOf)(source, part, clock))));
            return (0, gridSlots_1.overlapping)(told, range);
        }),
        forecast: (hours) => telling((0, questions_1.actionFor)(facts, (0, questions_1.forecastWords)(hours)), async () => {
            const known = knownHours(hours, facts);
            return (0, gridSlots_1.overlapping)(await ask((0, questions_1.forecastOf)(source, known, clock)), (0, questions_1.comingHours)(known, clock));
        }),
        async look() {
            const error = await now().then(() => undefined, (reason) => (0, error_1.sourceErrorFor)((0, questions_1.actionFor)(facts, 'for now'), reason));
            return (0, look_1.lookAt)({ reading: newest, error }, facts, clock());
        },
    };
}
async function telling(action, work) {
    try {
        return await work();
    }
    catch (error) {
        throw (0, error_1.sourceErrorFor)(action, error);
    }
}
function knownHours(hours, { forecastHours }) {
    if (forecastHours === 0)
        throw new error_1.SourceError('unsupported', 'it makes no forecast');
    if (hours > 0 && Number.isFinite(hours))
        return Math.min(hours, forecastHours);
    throw new error_1.SourceError('invalid', 'ask for more than 0 hours');
}
//# sourceMappingURL=cached.js.map