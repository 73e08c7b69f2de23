"use strict";
/** Instants as zone files write them: ISO, with slashes or dots, or seconds since 1970. Without an offset they are UTC. */
Object.defineProperty(exports, "__esModule", { value: true });
exports.secondsAt = secondsAt;
exports.dayOrderOf = dayOrderOf;
const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;
const short = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*(Z|UTC|GMT)?$/i;
/** Seconds since 1970; null: no instant. */
function secondsAt(text, order) {
    const long = iso.exec(text);
    if (long !== null) {
        const [, year, month, day, hour, minute, second, offset] = long;
        const seconds = secondsOf([year, month, day, hour, minute, second]);
        return seconds === null ? null : seconds - offsetSeconds(offset);
    }
    const brief = short.exec(text);
    if (brief !== null) {
        const [, first, , second, year, hour, minute, rest] = brief;
        const [day, month] = order === 'dayFirst' ? [first, second] : [second, first];
        return secondsOf([year, month, day, hour, minute, rest]);
    }
    // Ten digits are seconds of this age, thirteen milliseconds.
    if (/^\d{10}(\.0+)?$/.test(text))
        return Number(text);
    return /^\d{13}$/.test(text) ? Number(text) / 1000 : null;
}
/** Null for a day that no month has, as 31 June. */
function secondsOf(parts) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0));
    const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
    const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
    return isReal ? date.getTime() / 1000 : null;
}
function offsetSeconds(offset) {
    const match = /^([+-])(\d{2}):?(\d{2})$/.exec(offset ?? '');
    if (match === null)
        return 0;
    const [, sign, hours, minutes] = match;
    return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}
/** Told by the first number that no month can be; null where a column has both; the American order where none tells. */
function dayOrderOf(column) {
    const pairs = column.map((text) => short.exec(text)).filter((match) => match !== null);
    const dotted = pairs.some(([, , separator]) => separator === '.');
    const firstIsDay = dotted || pairs.some(([, first]) => Number(first) > 12);
    const secondIsDay = pairs.some(([, , , second]) => Number(second) > 12);
    if (firstIsDay && secondIsDay)
        return null;
    return firstIsDay ? 'dayFirst' : 'monthFirst';
}
//# sourceMappingURL=carbonTimes.js.map