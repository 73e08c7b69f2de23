"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createGridWatch = createGridWatch;
exports.signalIn = signalIn;
/**
 * What one process knows of the grid that its host draws from: the latest reading, what is usual, what comes next. Asking it never
 * takes long, whatever the provider does, and never fails.
 */
const promises_1 = require("node:timers/promises");
const signalDigest_1 = require("../../policy/signalDigest");
const hourMs = 3_600_000;
const pastHours = 28 * 24;
/** The past is asked for once, and again after so long without a look. */
const longestGapHours = 6;
const forecastEveryHours = 6;
/** A view is carried in history. */
const mostSlotsAhead = 48;
function createGridWatch(source, options = {}) {
    const { patienceMs = 3000, steers = true } = options;
    const { facts } = source;
    const provider = createFrugal(source);
    let known = (0, signalDigest_1.beginDigest)(facts);
    let newest;
    const learnPast = async (at) => {
        const readings = await provider.past(at, known.reference.countedToAt);
        known = (0, signalDigest_1.digest)(known, readings.filter(({ validToAt }) => Date.parse(validToAt) <= at.getTime()).map(signalIn));
    };
    return {
        facts,
        async view(given) {
            const at = given ?? new Date();
            let failure;
            const noting = (error) => {
                failure = error instanceof Error ? error.message : String(error);
            };
            const look = async () => {
                await learnPast(at).catch(noting);
                return given === undefined ? provider.now(at) : provider.then(at);
            };
            const reading = await within(patienceMs, look().catch(noting));
            if (reading !== undefined && (newest === undefined || reading.validFromAt >= newest.validFromAt)) {
                newest = reading;
                known = (0, signalDigest_1.digest)(known, [signalIn(reading)]);
            }
            // The grid's own time may go back, as in a simulation that begins anew.
            const latest = newest !== undefined && Date.parse(newest.validFromAt) <= at.getTime() ? newest : undefined;
            const { provider: name, zone, kind, slotSeconds } = facts;
            return {
                ...{ provider: name, zone, kind, slotSeconds, steers },
                at: at.toISOString(),
                unit: unitOf(latest, facts),
                reading: latest === undefined ? null : { ...signalIn(latest), status: latest.status },
                forecast: given === undefined ? provider.ahead(at).map(signalIn) : [],
                digest: known,
                ...(failure === undefined ? {} : { failure: failure.slice(0, 300) }),
            };
        },
    };
}
/** Asks one question a slot: a forecast, now and then, tells the present as well. */
function createFrugal(source) {
    const { facts } = source;
    const hours = Math.min(24, (mostSlotsAhead * facts.slotSeconds) / 3600);
    let forecast = [];
    let forecastAskedMs = facts.forecastHours === 0 ? Infinity : -Infinity;
    let pastAskedMs = -Infinity;
    return {
        async past(at, knownToAt) {
            const from = Math.max(at.getTime() - pastHours * hourMs, Date.parse(knownToAt ?? '1970-01-01'));
            const isRecent = Math.min(at.getTime() - from, at.getTime() - pastAskedMs) < longestGapHours * hourMs;
            if (facts.historyHours === 0 || isRecent)
                return [];
            pastAskedMs = at.getTime();
            return source.history({ fromAt: new Date(from).toISOString(), toAt: at.toISOString() });
        },
        async now(at) {
            if (at.getTime() - forecastAskedMs < forecastEveryHours * hourMs)
                return source.now();
            forecastAskedMs = at.getTime();
            // Plans without forecasts are many.
            forecast = await source.forecast(hours).catch(() => []);
            return forecast.find((one) => isIn(at, one)) ?? source.now();
        },
        /** At an instant of the past. */
        async then(at) {
            const toAt = new Date(at.getTime() + 1).toISOString();
            return (await source.history({ fromAt: at.toISOString(), toAt })).at(-1);
        },
        ahead: (at) => forecast.filter(({ validToAt }) => Date.parse(validToAt) > at.getTime()),
    };
}
function isIn(at, { validFromAt, validToAt }) {
    return Date.parse(validFromAt) <= at.getTime() && at.getTime() < Date.parse(validToAt);
}
/** Undefined where it takes longer. */
async function within(milliseconds, work) {
    const patience = new AbortController();
    const late = (0, promises_1.setTimeout)(milliseconds, undefined, { signal: patience.signal }).catch(() => undefined);
    return Promise.race([work, late]).finally(() => patience.abort());
}
function signalIn(reading) {
    const { validFromAt, validToAt } = reading;
    return { validFromAt, validToAt, value: reading.kind === 'price' ? reading.pricePerKwh : reading.gramsPerKwh };
}
function unitOf(latest, { kind }) {
    if (kind !== 'price')
        return 'gCO2eq/kWh';
    return latest?.kind === 'price' ? `${latest.currency}/kWh` : 'per kWh';
}
//# sourceMappingURL=gridWatch.js.map