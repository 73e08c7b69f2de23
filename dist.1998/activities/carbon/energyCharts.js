"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.energyChartsUrl = void 0;
exports.createEnergyCharts = createEnergyCharts;
/** Day-ahead prices of European bidding zones by Fraunhofer ISE's Energy-Charts, no key. Those of tomorrow are known from about 13:00. */
const zod_1 = require("zod");
const error_1 = require("./error");
const gridSlots_1 = require("./gridSlots");
const http_1 = require("./http");
exports.energyChartsUrl = 'https://api.energy-charts.info';
const hourSeconds = 3600;
const answer = zod_1.z.object({
    unix_seconds: zod_1.z.array(zod_1.z.int().min(0).max(4e9)),
    price: zod_1.z.array(zod_1.z.number().nullable()),
    unit: zod_1.z.string(),
});
function createEnergyCharts({ zone, baseUrl = exports.energyChartsUrl, clock = gridSlots_1.systemClock, maxBytes, }) {
    const ask = (0, http_1.createAsk)({ baseUrl, clock, maxBytes });
    const facts = {
        provider: 'energyCharts',
        zone,
        kind: 'price',
        slotSeconds: hourSeconds,
        historyHours: 24 * 30,
        forecastHours: 36,
    };
    const readings = async (range, abort) => {
        const query = { bzn: zone, start: minuteOf(range.fromAt), end: minuteOf(range.toAt) };
        const found = await ask({ path: '/price', query, schema: answer }, abort);
        const currency = currencyOf(found);
        const now = (0, gridSlots_1.secondsOf)(clock());
        return slotsOf(found).map(({ fromSeconds, toSeconds, perMwh }) => ({
            provider: facts.provider,
            zone,
            kind: facts.kind,
            currency,
            pricePerKwh: perMwh / 1000,
            validFromAt: (0, gridSlots_1.instantAt)(fromSeconds),
            validToAt: (0, gridSlots_1.instantAt)(toSeconds),
            issuedAt: null,
            status: fromSeconds <= now ? 'observed' : 'forecast',
        }));
    };
    /** Somewhat more than is meant: a slot may have begun before, and the last one has its length from the one before. */
    const around = (fromSeconds, toSeconds) => ({
        fromAt: (0, gridSlots_1.instantAt)(fromSeconds - 3 * hourSeconds),
        toAt: (0, gridSlots_1.instantAt)(toSeconds + hourSeconds),
    });
    return {
        facts,
        async now(abort) {
            const now = (0, gridSlots_1.secondsOf)(clock());
            return (0, gridSlots_1.newestBegun)(await readings(around(now, now), abort), now);
        },
        history: ({ fromAt, toAt }, abort) => readings(around((0, gridSlots_1.secondsOf)(fromAt), (0, gridSlots_1.secondsOf)(toAt)), abort),
        forecast: (hours, abort) => {
            const now = (0, gridSlots_1.secondsOf)(clock());
            return readings(around(now, now + hours * hourSeconds), abort);
        },
    };
}
/** A slot ends where the next begins: hours in old data, quarters of hours since late 2025. */
function slotsOf({ unix_seconds: starts, price }) {
    if (starts.length !== price.length)
        throw new error_1.SourceError('unusable', 'it gives not one price for each instant');
    const lengthAt = (i) => Math.min((starts[i + 1] ?? Infinity) - (starts[i] ?? 0), hourSeconds);
    return starts.flatMap((fromSeconds, i) => {
        const perMwh = price[i] ?? null;
        // The last one is as long as the one before it.
        const seconds = i === starts.length - 1 && i > 0 ? lengthAt(i - 1) : lengthAt(i);
        return perMwh === null ? [] : [{ fromSeconds, toSeconds: fromSeconds + seconds, perMwh }];
    });
}
function currencyOf({ unit }) {
    const [, currency] = /^([A-Z]{3}) ?\/ ?MWh$/.exec(unit) ?? [];
    if (currency !== undefined)
        return currency;
    throw new error_1.SourceError('unusable', `it gives prices in ${unit.slice(0, 40)} where money for a MWh was expected`);
}
function minuteOf(at) {
    return at.replace(/:\d\d\.\d{3}Z$/, 'Z');
}
//# sourceMappingURL=energyCharts.js.map