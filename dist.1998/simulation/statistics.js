"use strict";
/** Sums and means over lists. */
Object.defineProperty(exports, "__esModule", { value: true });
exports.total = total;
exports.mean = mean;
exports.standardError = standardError;
function total(values, of) {
    return values.reduce((sum, value) => sum + of(value), 0);
}
/** NaN of nothing. */
function mean(values) {
    return total(values, Number) / values.length;
}
/** Of the mean; 0 for a single value, of whose spread nothing is known. */
function standardError(values) {
    if (values.length < 2)
        return 0;
    const centre = mean(values);
    const variance = total(values, (value) => (value - centre) ** 2) / (values.length - 1);
    return Math.sqrt(variance / values.length);
}
//# sourceMappingURL=statistics.js.map