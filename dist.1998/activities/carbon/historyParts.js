"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.historyParts = historyParts;
/** A range of the past in pieces that a provider answers at once. */
const error_1 = require("./error");
const gridSlots_1 = require("./gridSlots");
/** Nothing of the future; oldest first. */
function historyParts({ fromAt, toAt }, facts, now) {
    const from = (0, gridSlots_1.secondsOf)(fromAt);
    const to = Math.min((0, gridSlots_1.secondsOf)(toAt), (0, gridSlots_1.secondsOf)(now));
    if (!((0, gridSlots_1.secondsOf)(fromAt) < (0, gridSlots_1.secondsOf)(toAt)))
        throw new error_1.SourceError('invalid', 'ask for a range that ends after it begins');
    if (facts.historyHours === 0)
        throw new error_1.SourceError('unsupported', 'it tells no past');
    const partSeconds = facts.historyHours * 3600;
    const count = Math.max(0, Math.ceil((to - from) / partSeconds));
    return Array.from({ length: count }, (_, i) => ({
        fromAt: (0, gridSlots_1.instantAt)(from + i * partSeconds),
        toAt: (0, gridSlots_1.instantAt)(Math.min(to, from + (i + 1) * partSeconds)),
    }));
}
//# sourceMappingURL=historyParts.js.map