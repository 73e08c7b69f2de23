"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.electricityMapsUrl = void 0;
exports.createElectricityMaps = createElectricityMaps;
/** Electricity Maps v3: average intensity by consumption, of most grids of the world, by a token. */
const zod_1 = require("zod");
const error_1 = require("./error");
const gridSlots_1 = require("./gridSlots");
const http_1 = require("./http");
const provided_1 = require("./provided");
const secret_1 = require("./secret");
exports.electricityMapsUrl = 'https://api.electricitymaps.com/v3';
const granularities = { 5: '5_minutes', 15: '15_minutes', 60: 'hourly' };
const horizons = [6, 24, 48, 72];
const entry = zod_1.z.object({
    zone: zod_1.z.string().optional(),
    carbonIntensity: zod_1.z.number().nullable(),
    datetime: provided_1.providerTime,
    updatedAt: provided_1.providerTime.nullish(),
    isEstimated: zod_1.z.boolean().nullish(),
    emissionFactorType: zod_1.z.string().optional(),
});
const latest = entry.extend({ zone: zod_1.z.string() });
const past = zod_1.z
    .object({ zone: zod_1.z.string().optional(), history: zod_1.z.array(entry).optional(), data: zod_1.z.array(entry).optional() })
    .transform(({ zone, history, data }) => ({ zone, entries: history ?? data }));
const forecast = zod_1.z.object({ zone: zod_1.z.string(), forecast: zod_1.z.array(entry), updatedAt: provided_1.providerTime.nullish() });
function createElectricityMaps(options) {
    const { zone, token, factorType = 'lifecycle', slotMinutes = 60, clock = gridSlots_1.systemClock, maxBytes } = options;
    const ask = (0, http_1.createAsk)({ baseUrl: options.baseUrl ?? exports.electricityMapsUrl, clock, maxBytes });
    const facts = {
        provider: 'electricityMaps',
        zone,
        kind: 'average',
        slotSeconds: slotMinutes * 60,
        historyHours: 240,
        forecastHours: 72,
    };
    const get = async (what, schema, { query, abort }) => {
        const secret = await (0, secret_1.readSecret)(token, 'token');
        return ask({
            path: `/carbon-intensity/${what}`,
            query: {
                zone,
                emissionFactorType: factorType,
                temporalGranularity: granularities[slotMinutes],
                // Else a zone it does not know means the place of whoever asks.
                shouldUseFallbackCallerLookup: 'false',
                ...query,
            },
            headers: { 'auth-token': secret },
            secrets: [secret],
            schema,
        }, abort);
    };
    const readingOf = (from, status, issuedSeconds = from.updatedAt ?? undefined) => {
        (0, provided_1.refuseOther)('zone', from.zone ?? zone, zone);
        (0, provided_1.refuseOther)('emissionFactorType', from.emissionFactorType ?? factorType, factorType);
        const { carbonIntensity: gramsPerKwh, datetime } = from;
        if (gramsPerKwh === null)
            return [];
        const slot = { fromSeconds: datetime, toSeconds: datetime + facts.slotSeconds };
        return [(0, provided_1.carbonReading)(facts, { ...slot, gramsPerKwh, status, issuedSeconds, factorType })];
    };
    return {
        facts,
        async now(abort) {
            const found = await get('latest', latest, { abort });
            const [reading] = readingOf(found, statusOf(found));
            if (reading === undefined)
                throw new error_1.SourceError('unusable', 'it has no value for now');
            return reading;
        },
        async history({ fromAt, toAt }, abort) {
            // The last day is free, ranges need a plan.
            const recent = (0, gridSlots_1.secondsOf)(fromAt) >= (0, gridSlots_1.secondsOf)(clock()) - 23 * 3600;
            const answer = recent
                ? await get('history', past, { abort })
                : await get('past-range', past, { query: { start: fromAt, end: toAt }, abort });
            (0, provided_1.refuseOther)('zone', answer.zone ?? zone, zone);
            if (answer.entries === undefined)
                throw new error_1.SourceError('unusable', 'its answer has neither history nor data');
            return answer.entries.flatMap((one) => readingOf(one, statusOf(one)));
        },
        async forecast(hours, abort) {
            const horizonHours = String(horizons.find((horizon) => horizon >= hours) ?? horizons.at(-1));
            const answer = await get('forecast', forecast, { query: { horizonHours }, abort });
            (0, provided_1.refuseOther)('zone', answer.zone, zone);
            return answer.forecast.flatMap((one) => readingOf(one, 'forecast', answer.updatedAt ?? undefined));
        },
    };
}
function statusOf({ isEstimated }) {
    return isEstimated === false ? 'observed' : 'estimated';
}
//# sourceMappingURL=electricityMaps.js.map