"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createPlayer = createPlayer;
/** A recording laid over the present: as it was, moved by days, or repeated end to end so that a demonstration never ends. */
const error_1 = require("./error");
const daySeconds = 86_400;
/** The slots that overlap a time, in order. A slot lasts until the next row, and at most as long as slots do. */
function createPlayer(rows, slotSeconds, { shiftDays, repeat }) {
    const start = (rows[0]?.atSeconds ?? 0) + shiftDays * daySeconds;
    const lengthSeconds = (rows.at(-1)?.atSeconds ?? 0) - (rows[0]?.atSeconds ?? 0) + slotSeconds;
    const period = repeat ? periodOf(lengthSeconds) : Infinity;
    const slots = rows.map(({ atSeconds, value }, i) => {
        const fromSeconds = atSeconds + shiftDays * daySeconds;
        const next = (rows[i + 1]?.atSeconds ?? Infinity) + shiftDays * daySeconds;
        return { fromSeconds, toSeconds: Math.min(next, fromSeconds + slotSeconds), value };
    });
    const once = slots.filter(({ fromSeconds }) => fromSeconds < start + period);
    return (fromSeconds, toSeconds) => {
        const first = repeat ? Math.floor((fromSeconds - start) / period) - 1 : 0;
        const last = repeat ? Math.floor((toSeconds - start) / period) : 0;
        const turns = Array.from({ length: last - first + 1 }, (_, i) => (repeat ? (first + i) * period : 0));
        return turns.flatMap((offset) => once
            .filter((slot) => slot.toSeconds + offset > fromSeconds && slot.fromSeconds + offset < toSeconds)
            .map((slot) => ({ ...slot, fromSeconds: slot.fromSeconds + offset, toSeconds: slot.toSeconds + offset })));
    };
}
function periodOf(lengthSeconds) {
    const unit = lengthSeconds >= 7 * daySeconds ? 7 * daySeconds : daySeconds;
    const period = Math.floor(lengthSeconds / unit) * unit;
    if (period > 0)
        return period;
    throw new error_1.SourceError('invalid', 'its recording is shorter than a day, too short to repeat');
}
//# sourceMappingURL=replayed.js.map