"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createCarbonAwareSdk = createCarbonAwareSdk;
/** A carbon-aware-sdk WebAPI of one's own, in front of whatever backend it was given; which kind that has, only its owner knows. */
const zod_1 = require("zod");
const gridSlots_1 = require("./gridSlots");
const http_1 = require("./http");
const provided_1 = require("./provided");
/** Minutes, or `hh:mm:ss` as .NET writes it. */
const duration = zod_1.z.union([
    zod_1.z.number().transform((minutes) => minutes * 60),
    zod_1.z
        .string()
        .regex(/^\d\d:\d\d:\d\d/)
        .transform((text) => (0, gridSlots_1.secondsOf)(`1970-01-01T${text.slice(0, 8)}Z`)),
]);
const place = { location: zod_1.z.string(), duration: duration.nullish() };
const emissions = zod_1.z.array(zod_1.z.object({ ...place, time: provided_1.providerTime, rating: zod_1.z.number() }));
const forecasts = zod_1.z
    .array(zod_1.z.object({
    generatedAt: provided_1.providerTime.nullish(),
    location: zod_1.z.string(),
    forecastData: zod_1.z.array(zod_1.z.object({ ...place, timestamp: provided_1.providerTime, value: zod_1.z.number() })),
}))
    .length(1);
function createCarbonAwareSdk(options) {
    const { zone, kind, baseUrl, slotMinutes = 60, clock = gridSlots_1.systemClock, maxBytes } = options;
    const ask = (0, http_1.createAsk)({ baseUrl, clock, maxBytes });
    const facts = {
        provider: 'carbonAwareSdk',
        zone,
        kind,
        slotSeconds: slotMinutes * 60,
        historyHours: 24 * 7,
        forecastHours: 72,
    };
    const readingOf = (location, told) => {
        (0, provided_1.refuseOther)('location', location, zone);
        const { fromSeconds, seconds, ...rest } = told;
        const toSeconds = fromSeconds + (seconds || facts.slotSeconds);
        return (0, provided_1.carbonReading)(facts, { fromSeconds, toSeconds, ...rest });
    };
    const history = async ({ fromAt: time, toAt: toTime }, abort) => {
        const query = { location: zone, time, toTime };
        const found = await ask({ path: '/emissions/bylocation', query, schema: emissions }, abort);
        // The SDK does not say whether its backend measured or estimated.
        return found.map(({ location, time: fromSeconds, duration: seconds, rating: gramsPerKwh }) => readingOf(location, { fromSeconds, seconds, gramsPerKwh, status: 'estimated' }));
    };
    return {
        facts,
        async now(abort) {
            const now = (0, gridSlots_1.secondsOf)(clock());
            const from = (0, gridSlots_1.slotStart)(now, facts.slotSeconds) - facts.slotSeconds;
            return (0, gridSlots_1.newestBegun)(await history({ fromAt: (0, gridSlots_1.instantAt)(from), toAt: (0, gridSlots_1.instantAt)(now) }, abort), now);
        },
        history,
        async forecast(_hours, abort) {
            const query = { location: zone };
            const found = await ask({ path: '/emissions/forecasts/current', query, schema: forecasts }, abort);
            return found.flatMap(({ generatedAt, forecastData }) => forecastData.map(({ location, timestamp: fromSeconds, duration: seconds, value: gramsPerKwh }) => readingOf(location, {
                fromSeconds,
                seconds,
                gramsPerKwh,
                status: 'forecast',
                issuedSeconds: generatedAt ?? undefined,
            })));
        },
    };
}
//# sourceMappingURL=carbonAwareSdk.js.map