"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.LimitsHeld = void 0;
class LimitsHeld {
    byWatts = new Map();
    add(powerLimitWatts, { seconds, joules }) {
        const before = this.byWatts.get(powerLimitWatts) ?? { powerLimitWatts, seconds: 0, joules: 0 };
        this.byWatts.set(powerLimitWatts, {
            powerLimitWatts,
            seconds: before.seconds + seconds,
            joules: before.joules + joules,
        });
    }
    /** In the order in which they came into force. */
    get all() {
        return [...this.byWatts.values()];
    }
}
exports.LimitsHeld = LimitsHeld;
//# sourceMappingURL=limitsHeld.js.map