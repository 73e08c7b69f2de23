"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.wattTimeUrl = void 0;
exports.createWattTime = createWattTime;
/** WattTime v3: the marginal rate of emissions every five minutes, by user name and password. Also the average one. */
const zod_1 = require("zod");
const error_1 = require("./error");
const gridSlots_1 = require("./gridSlots");
const http_1 = require("./http");
const provided_1 = require("./provided");
const wattTimeToken_1 = require("./wattTimeToken");
exports.wattTimeUrl = 'https://api.watttime.org';
const signals = { marginal: 'co2_moer', average: 'co2_aoer' };
/** 1 lb/MWh. */
const gramsPerKwhOfPound = 0.45359237;
const usualSeconds = 300;
/** The length of a slot is spelt differently from answer to answer. */
const meta = zod_1.z
    .looseObject({
    region: zod_1.z.string(),
    signal_type: zod_1.z.string(),
    units: zod_1.z.literal('lbs_co2_per_mwh'),
    generated_at: provided_1.providerTime.nullish(),
    warnings: zod_1.z.array(zod_1.z.unknown()).nullish(),
})
    .transform((all) => {
    const [, seconds] = Object.entries(all).find(([key]) => /^data_point_period/.test(key)) ?? [];
    return { ...all, slotSeconds: typeof seconds === 'number' && seconds > 0 ? seconds : usualSeconds };
});
const answer = zod_1.z.object({ data: zod_1.z.array(zod_1.z.object({ point_time: provided_1.providerTime, value: zod_1.z.number() })), meta });
function createWattTime(options) {
    const { zone, kind, clock = gridSlots_1.systemClock, maxBytes } = options;
    const ask = (0, http_1.createAsk)({ baseUrl: options.baseUrl ?? exports.wattTimeUrl, clock, maxBytes });
    const token = (0, wattTimeToken_1.createWattTimeToken)(ask, options, clock);
    const facts = {
        provider: 'wattTime',
        zone,
        kind,
        slotSeconds: usualSeconds,
        historyHours: 30 * 24,
        forecastHours: 72,
    };
    const askWith = (bearer, question, abort) => ask({ ...question, headers: { authorization: `Bearer ${bearer}` }, secrets: [bearer] }, abort);
    const get = async (path, query, abort) => {
        const question = { path, query: { region: zone, signal_type: signals[kind], ...query }, schema: answer };
        const bearer = await token.get(abort);
        try {
            return await askWith(bearer, question, abort);
        }
        catch (error) {
            if (!(error instanceof error_1.SourceError && error.status === 401))
                throw error;
            // Once: a token may end early, but credentials that are refused stay so.
            token.drop(bearer);
            return askWith(await token.get(abort), question, abort);
        }
    };
    const readings = ({ data, meta: about }, status) => {
        (0, provided_1.refuseOther)('region', about.region, zone);
        (0, provided_1.refuseOther)('signal_type', about.signal_type, signals[kind]);
        return data.map(({ point_time: fromSeconds, value }) => (0, provided_1.carbonReading)(facts, {
            fromSeconds,
            toSeconds: fromSeconds + about.slotSeconds,
            gramsPerKwh: value * gramsPerKwhOfPound,
            status,
            issuedSeconds: about.generated_at ?? undefined,
            warnings: warningsIn(about.warnings),
        }));
    };
    return {
        facts,
        async now(abort) {
            const nowcast = await get('/v3/forecast', { horizon_hours: '0' }, abort);
            return (0, gridSlots_1.newestBegun)(readings(nowcast, 'estimated'), (0, gridSlots_1.secondsOf)(clock()));
        },
        history: async ({ fromAt, toAt }, abort) => readings(await get('/v3/historical', { start: fromAt, end: toAt }, abort), 'observed'),
        forecast: async (hours, abort) => readings(await get('/v3/forecast', { horizon_hours: String(Math.ceil(hours)) }, abort), 'forecast'),
    };
}
const warning = zod_1.z.union([zod_1.z.string(), zod_1.z.object({ message: zod_1.z.string() }).transform(({ message }) => message)]);
function warningsIn(warnings) {
    const words = (warnings ?? []).flatMap((one) => warning.safeParse(one).data ?? []);
    return words.slice(0, 5).map((one) => one.slice(0, 200));
}
//# sourceMappingURL=wattTime.js.map