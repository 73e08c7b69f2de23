"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createRateLimit = createRateLimit;
/** How often a provider may be asked, whatever asks: a loop gone wrong must not cost the account. */
const error_1 = require("./error");
const gridSlots_1 = require("./gridSlots");
const hourSeconds = 3600;
/** Counts a question; answers why it may not be asked. */
function createRateLimit({ clock, perHour }) {
    let asked = [];
    return () => {
        const now = (0, gridSlots_1.secondsOf)(clock());
        // Instants ahead of now are left from before the clock was set back.
        asked = asked.filter((at) => at <= now && at > now - hourSeconds);
        const [oldest = now] = asked;
        if (asked.length < perHour) {
            asked = [...asked, now];
            return undefined;
        }
        const nextAt = oldest + hourSeconds;
        const reason = `it was asked ${perHour} times within an hour and is not asked again before ${(0, gridSlots_1.instantAt)(nextAt)}`;
        return new error_1.SourceError('unavailable', reason, { retryAfterSeconds: nextAt - now });
    };
}
//# sourceMappingURL=rateLimit.js.map