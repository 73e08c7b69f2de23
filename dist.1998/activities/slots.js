"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.skippedSlots = skippedSlots;
exports.recurrencesAYear = recurrencesAYear;
/** Which slots of a schedule lie between two of its recurrences. */
const cron_parser_1 = require("cron-parser");
const messages_1 = require("../workflows/messages");
/** A gap longer than this says nothing more by being listed in full. */
const mostSlots = 48;
/** The scheduled instants strictly between `after` and `before`, oldest first; the latest ones if there are many. */
function skippedSlots(schedule, after, before) {
    if (after === undefined || after >= before)
        return [];
    const from = Date.parse(after);
    const slots = [];
    for (const at of instantsBefore(schedule, Date.parse(before))) {
        if (at <= from || slots.length === mostSlots)
            break;
        slots.unshift((0, messages_1.slotAt)(new Date(at)));
    }
    return slots;
}
/** Scheduled instants before `end`, latest first, without end. Milliseconds since the epoch. */
function* instantsBefore({ every, offset, cron, timeZone }, end) {
    if (every !== undefined) {
        const step = every * 1000;
        const phase = offset * 1000;
        for (let at = Math.ceil((end - phase) / step - 1) * step + phase;; at -= step)
            yield at;
    }
    if (cron === undefined)
        return;
    const expression = cron_parser_1.CronExpressionParser.parse(cron, { currentDate: new Date(end), tz: timeZone });
    for (;;)
        yield expression.prev().getTime();
}
const yearMs = 365 * 86_400_000;
const monthMs = 28 * 86_400_000;
/** About so many recurrences a year; what a cron expression means is counted over the four weeks before `end`. */
function recurrencesAYear(schedule, end) {
    if (schedule.every !== undefined)
        return Math.max(1, Math.round(yearMs / 1000 / schedule.every));
    let count = 0;
    for (const at of instantsBefore(schedule, end.getTime())) {
        if (at < end.getTime() - monthMs)
            break;
        count += 1;
    }
    return Math.max(1, Math.round((count * yearMs) / monthMs));
}
//# sourceMappingURL=slots.js.map