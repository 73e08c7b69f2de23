"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.gbGridUrl = exports.gbZone = void 0;
exports.createGbGrid = createGbGrid;
/** Great Britain by NESO's Carbon Intensity API: half-hours, forecasts of 48 h, no key. National, or one of its regions. */
const zod_1 = require("zod");
const error_1 = require("./error");
const gridSlots_1 = require("./gridSlots");
const http_1 = require("./http");
const provided_1 = require("./provided");
exports.gbZone = /^(GB|[1-9]|1[0-7]|[A-Z]{1,2}\d[A-Z\d]?)$/;
exports.gbGridUrl = 'https://api.carbonintensity.org.uk';
const periods = zod_1.z.array(zod_1.z.object({
    from: provided_1.providerTime,
    to: provided_1.providerTime,
    /** `actual` is null until the half-hour is over; regions have none. */
    intensity: zod_1.z.object({ forecast: zod_1.z.number().nullish(), actual: zod_1.z.number().nullish() }),
}));
const national = zod_1.z.object({ data: periods });
const region = zod_1.z.object({ regionid: zod_1.z.number().optional(), postcode: zod_1.z.string().optional(), data: periods });
/** A list of one for now, the region itself for ranges. */
const regional = zod_1.z.object({
    data: zod_1.z.union([
        region,
        zod_1.z
            .array(region)
            .length(1)
            .transform(([only]) => only),
    ]),
});
function createGbGrid({ zone, baseUrl = exports.gbGridUrl, clock = gridSlots_1.systemClock, maxBytes }) {
    const ask = (0, http_1.createAsk)({ baseUrl, clock, maxBytes });
    const facts = {
        provider: 'gbGrid',
        zone,
        kind: 'average',
        slotSeconds: 1800,
        // Of 14 days at most; the answer begins half an hour before what was asked for.
        historyHours: 13 * 24,
        forecastHours: 48,
    };
    const path = (when) => (zone === 'GB' ? `/intensity${when}` : regionalPath(zone, when));
    const periodsOf = async (when, abort) => {
        if (zone === 'GB')
            return (await ask({ path: path(when), schema: national }, abort)).data;
        return ofZone(zone, (await ask({ path: path(when), schema: regional }, abort)).data);
    };
    const readings = async (when, abort) => (await periodsOf(when, abort)).flatMap((period) => {
        const { from, to, intensity } = period;
        const gramsPerKwh = intensity.actual ?? intensity.forecast;
        if (gramsPerKwh === null || gramsPerKwh === undefined)
            return [];
        const status = typeof intensity.actual === 'number' ? 'observed' : 'forecast';
        return [(0, provided_1.carbonReading)(facts, { fromSeconds: from, toSeconds: to, gramsPerKwh, status })];
    });
    return {
        facts,
        async now(abort) {
            const [reading] = await readings('', abort);
            if (reading === undefined)
                throw new error_1.SourceError('unusable', 'it has no value for now');
            return reading;
        },
        history: ({ fromAt, toAt }, abort) => readings(`/${minuteOf(fromAt)}/${minuteOf(toAt)}`, abort),
        forecast: (hours, abort) => readings(`/${minuteOf(clock())}/${hours > 24 ? 'fw48h' : 'fw24h'}`, abort),
    };
}
function regionalPath(zone, when) {
    const place = /^\d+$/.test(zone) ? `regionid/${zone}` : `postcode/${zone}`;
    return when === '' ? `/regional/${place}` : `/regional/intensity${when}/${place}`;
}
function ofZone(zone, answer) {
    const told = answer === undefined ? undefined : /^\d+$/.test(zone) ? answer.regionid : answer.postcode;
    if (answer !== undefined && String(told) === zone)
        return answer.data;
    throw new error_1.SourceError('unusable', `it answers for ${told ?? 'no region'} where ${zone} was asked for`);
}
/** As the API writes instants. */
function minuteOf(at) {
    return new Date(at).toISOString().replace(/:\d\d\.\d{3}Z$/, 'Z');
}
//# sourceMappingURL=gbGrid.js.map