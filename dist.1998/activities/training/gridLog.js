"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.GridLog = void 0;
/** Three days of hours; longer runs keep coarser intervals. An observation is carried in history several times. */
const mostIntervals = 72;
class GridLog {
    closed = [];
    open;
    constructor(from, terms) {
        this.open = { from, terms };
    }
    note(moment, terms) {
        this.closed = this.until(moment);
        if (this.closed.length > mostIntervals)
            this.closed = paired(this.closed);
        this.open = { from: moment, terms };
    }
    /** All intervals up to a moment; none is without duration. */
    until({ at, seconds, joules }) {
        const { from, terms } = this.open;
        if (!(seconds > from.seconds))
            return this.closed;
        const length = { seconds: seconds - from.seconds, joules: joules - from.joules };
        return [...this.closed, { fromAt: from.at, toAt: at, ...length, ...terms }];
    }
}
exports.GridLog = GridLog;
/** Half as many: two neighbours become one, with means over their energy and their time. */
function paired(intervals) {
    return intervals.flatMap((one, i) => {
        if (i % 2 === 1)
            return [];
        const other = intervals[i + 1];
        return other === undefined ? [one] : [joined(one, other)];
    });
}
function joined(one, other) {
    const seconds = one.seconds + other.seconds;
    const joules = one.joules + other.joules;
    const known = one.perKwh !== null && other.perKwh !== null;
    return {
        fromAt: one.fromAt,
        toAt: other.toAt,
        seconds,
        joules,
        eta: (one.eta * one.seconds + other.eta * other.seconds) / seconds,
        perKwh: known && joules > 0 ? (one.perKwh * one.joules + other.perKwh * other.joules) / joules : null,
        status: one.status === other.status ? one.status : 'estimated',
    };
}
//# sourceMappingURL=gridLog.js.map