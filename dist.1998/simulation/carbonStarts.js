"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.randomStarts = randomStarts;
exports.dailyStarts = dailyStarts;
exports.firstYearHours = firstYearHours;
/** When the runs of an experiment start, in hours of a zone's series. Seeded, so that every policy gets the same ones. */
const random_1 = require("../policy/random");
const error_1 = require("./error");
const dayHours = 24;
const yearHours = 365 * dayHours;
/** The forecaster and Chase's reference need a past. */
const warmUpHours = 14 * dayHours;
/** Random hours of all usable data; `longestHours` is how long a run may take. */
function randomStarts(series, count, options) {
    const usable = series.gramsPerKwh.length - warmUpHours - Math.ceil(options.longestHours) - 1;
    if (usable < dayHours)
        throw tooShort(series, 'a run needs three weeks of them');
    const random = (0, random_1.createRandom)((0, random_1.seedFor)(`${options.seed}/${series.zone}/starts`));
    return Array.from({ length: count }, () => warmUpHours + Math.floor(random.uniform() * usable));
}
/** One run a day, at an hour of its own. Of less than two years the halves stand for them. */
function dailyStarts(series, options) {
    const { length } = series.gramsPerKwh;
    const turn = Math.min(firstYearHours(series), Math.floor(length / 2 / dayHours) * dayHours);
    const end = Math.min(length, turn + yearHours);
    const random = (0, random_1.createRandom)((0, random_1.seedFor)(`${options.seed}/${series.zone}/days`));
    const daily = (from, to) => {
        const days = Math.max(0, Math.floor((to - Math.ceil(options.longestHours) - 1 - from) / dayHours));
        return Array.from({ length: days }, (_, day) => from + day * dayHours + Math.floor(random.uniform() * dayHours));
    };
    const years = { first: daily(warmUpHours, turn + options.longestHours), second: daily(turn, end) };
    if (years.first.length < 7 || years.second.length < 7)
        throw tooShort(series, 'a held budget needs two months of them');
    return years;
}
/** To the same day of the next year. */
function firstYearHours({ beginsAt }) {
    const begins = new Date(beginsAt);
    const ends = Date.UTC(begins.getUTCFullYear() + 1, begins.getUTCMonth(), begins.getUTCDate(), begins.getUTCHours());
    return (ends - begins.getTime()) / 3_600_000;
}
function tooShort({ zone, gramsPerKwh }, why) {
    return new error_1.SimulationError(`Cannot simulate ${zone}: its ${gramsPerKwh.length} hours are too few; ${why}.`);
}
//# sourceMappingURL=carbonStarts.js.map