"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createCircuit = createCircuit;
/** Keeps a failing provider from being hammered: after a failure it is left alone for a slot, then for two, four, eight … */
const error_1 = require("./error");
const gridSlots_1 = require("./gridSlots");
/** Unless slots are longer. */
const longestSeconds = 3600;
/** A provider that is away is so for all questions; one that refuses, for that question only: a plan may lack forecasts. */
function createCircuit({ clock, slotSeconds, }) {
    const barriers = new Map();
    const longestSlots = Math.max(1, Math.floor(longestSeconds / slotSeconds));
    const raise = (scope, error) => {
        const failures = (barriers.get(scope)?.failures ?? 0) + 1;
        const slots = Math.min(2 ** Math.min(failures - 1, 30), longestSlots);
        const sinceSeconds = (0, gridSlots_1.secondsOf)(clock());
        const slotsEnd = (0, gridSlots_1.slotStart)(sinceSeconds, slotSeconds) + slots * slotSeconds;
        const untilSeconds = Math.max(slotsEnd, sinceSeconds + (error.retryAfterSeconds ?? 0));
        barriers.set(scope, { error, failures, sinceSeconds, untilSeconds });
    };
    return {
        refusal(question) {
            const now = (0, gridSlots_1.secondsOf)(clock());
            // One from ahead of now is left from before the clock was set back.
            const stands = (one) => one && one.sinceSeconds <= now && now < one.untilSeconds;
            const barrier = [barriers.get('all'), barriers.get(question)].find(stands);
            return barrier === undefined ? undefined : refusalBy(barrier, now);
        },
        failed(question, error) {
            // Its own too: that of all falls when another question, on its way at the same time, is answered.
            raise(question, error);
            if (error.kind === 'unavailable')
                raise('all', error);
        },
        succeeded(question) {
            barriers.delete('all');
            barriers.delete(question);
        },
    };
}
function refusalBy({ error, untilSeconds }, now) {
    const reason = `${error.reason}; it is not asked again before ${(0, gridSlots_1.instantAt)(untilSeconds)}`;
    return new error_1.SourceError(error.kind, reason, { status: error.status, retryAfterSeconds: untilSeconds - now });
}
//# sourceMappingURL=circuit.js.map