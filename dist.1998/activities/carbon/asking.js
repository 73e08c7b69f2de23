"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createAsker = createAsker;
/** One question to a provider: asked once in a slot however many want to know, given up in time, not repeated in vain. */
const circuit_1 = require("./circuit");
const error_1 = require("./error");
const gridSlots_1 = require("./gridSlots");
const rateLimit_1 = require("./rateLimit");
function createAsker({ clock, slotSeconds, timeoutSeconds, questionsPerHour }) {
    const circuit = (0, circuit_1.createCircuit)({ clock, slotSeconds });
    const spend = (0, rateLimit_1.createRateLimit)({ clock, perHour: questionsPerHour });
    const answers = new Map();
    const askProvider = async ({ question, action, ask }) => {
        const refusal = circuit.refusal(question) ?? spend();
        if (refusal !== undefined)
            throw (0, error_1.sourceErrorFor)(action, refusal);
        try {
            const readings = await within(timeoutSeconds, ask);
            circuit.succeeded(question);
            return readings;
        }
        catch (error) {
            const failure = (0, error_1.sourceErrorFor)(action, error);
            circuit.failed(question, failure);
            throw failure;
        }
    };
    const remember = async (asking, answer) => {
        try {
            answer.untilSeconds = asking.untilSeconds(await answer.promise);
        }
        catch {
            // Whoever asked hears of it; when to ask again is the circuit's to know.
            if (answers.get(asking.key) === answer)
                answers.delete(asking.key);
        }
    };
    return (asking) => {
        const now = (0, gridSlots_1.secondsOf)(clock());
        // Also those from ahead of now: the clock was set back.
        for (const [key, one] of answers)
            if (now < one.sinceSeconds || now >= one.untilSeconds)
                answers.delete(key);
        const known = answers.get(asking.key);
        if (known !== undefined)
            return known.promise;
        const answer = { promise: askProvider(asking), sinceSeconds: now, untilSeconds: Infinity };
        answers.set(asking.key, answer);
        void remember(asking, answer);
        return answer.promise;
    };
}
/** Also where `ask` does not heed its signal. */
async function within(seconds, ask) {
    const abort = AbortSignal.timeout(seconds * 1000);
    const tooLate = new Promise((_, reject) => {
        const silent = new error_1.SourceError('unavailable', `it does not answer within ${seconds} s`);
        abort.addEventListener('abort', () => reject(silent), { once: true });
    });
    return Promise.race([ask(abort), tooLate]);
}
//# sourceMappingURL=asking.js.map