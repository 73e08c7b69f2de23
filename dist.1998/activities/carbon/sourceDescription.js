"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.sourceDescriptionSchema = void 0;
exports.createSource = createSource;
/** A source in words, as it stands in a configuration: which provider, which zone, which kind of signal. Secrets by reference. */
const zod_1 = require("zod");
const cached_1 = require("./cached");
const carbonAwareSdk_1 = require("./carbonAwareSdk");
const constant_1 = require("./constant");
const electricityMaps_1 = require("./electricityMaps");
const energyCharts_1 = require("./energyCharts");
const gbGrid_1 = require("./gbGrid");
const recorded_1 = require("./recorded");
const secret_1 = require("./secret");
const wattTime_1 = require("./wattTime");
/** YAML reads `zone: 13` as a number. */
const zone = zod_1.z.union([
    zod_1.z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.:/-]{0,63}$/, 'must be the name of a zone'),
    zod_1.z.int().min(0).transform(String),
]);
const carbonKind = zod_1.z.enum(['average', 'marginal']);
const factorType = zod_1.z.enum(['lifecycle', 'direct']);
const slotMinutes = zod_1.z.int().min(1).max(1440);
const currency = zod_1.z.string().regex(/^[A-Z]{3}$/, 'must be a currency of three letters, as EUR');
/** A token must not travel in the open, nor stand in an address. */
const secureUrl = zod_1.z
    .url({ protocol: /^https?$/, abort: true })
    .refine(isBare, 'must be an address without user, query or fragment')
    .refine((url) => /^https:/.test(url) || isLoopback(url), 'must begin with https://, for a secret goes there');
const openUrl = zod_1.z
    .url({ protocol: /^https?$/, abort: true })
    .refine(isBare, 'must be an address without user, query or fragment');
const gbGrid = zod_1.z.strictObject({
    provider: zod_1.z.literal('gbGrid'),
    kind: zod_1.z.literal('average'),
    zone: zone.pipe(zod_1.z.string().regex(gbGrid_1.gbZone, 'must be GB, a region from 1 to 17, or the first half of a postcode')),
    baseUrl: openUrl.optional(),
});
const electricityMaps = zod_1.z.strictObject({
    provider: zod_1.z.literal('electricityMaps'),
    kind: zod_1.z.literal('average'),
    zone,
    factorType: factorType.default('lifecycle'),
    token: secret_1.secretRefSchema.default({ env: 'ELECTRICITYMAPS_TOKEN' }),
    slotMinutes: zod_1.z.literal([5, 15, 60]).default(60),
    baseUrl: secureUrl.optional(),
});
const wattTime = zod_1.z.strictObject({
    provider: zod_1.z.literal('wattTime'),
    kind: carbonKind,
    zone,
    username: secret_1.secretRefSchema.default({ env: 'WATTTIME_USERNAME' }),
    password: secret_1.secretRefSchema.default({ env: 'WATTTIME_PASSWORD' }),
    baseUrl: secureUrl.optional(),
});
const carbonAwareSdk = zod_1.z.strictObject({
    provider: zod_1.z.literal('carbonAwareSdk'),
    /** That of its backend. */
    kind: carbonKind,
    zone,
    baseUrl: openUrl,
    slotMinutes: slotMinutes.default(60),
});
const energyCharts = zod_1.z.strictObject({
    provider: zod_1.z.literal('energyCharts'),
    kind: zod_1.z.literal('price'),
    zone,
    baseUrl: openUrl.optional(),
});
const recordedFile = {
    provider: zod_1.z.literal('recorded'),
    zone,
    /** CSV with a column of instants and one of values. */
    file: zod_1.z.string().min(1),
    timeColumn: zod_1.z.string().min(1).optional(),
    valueColumn: zod_1.z.string().min(1).optional(),
    slotMinutes: slotMinutes.default(60),
    /** How much later than it was recorded a value is played. */
    shiftDays: zod_1.z.int().min(-36_600).max(36_600).default(0),
    /** End to end, so that there always is a now. */
    repeat: zod_1.z.boolean().default(false),
};
const recorded = zod_1.z.discriminatedUnion('kind', [
    zod_1.z.strictObject({ ...recordedFile, kind: carbonKind, factorType: factorType.optional() }),
    zod_1.z.strictObject({ ...recordedFile, kind: zod_1.z.literal('price'), currency, per: zod_1.z.enum(['kWh', 'MWh']) }),
]);
const constantOf = { provider: zod_1.z.literal('constant'), zone };
const constant = zod_1.z.discriminatedUnion('kind', [
    zod_1.z.strictObject({
        ...constantOf,
        kind: carbonKind,
        gramsPerKwh: zod_1.z.number().min(0).max(3000),
        factorType: factorType.optional(),
    }),
    zod_1.z.strictObject({ ...constantOf, kind: zod_1.z.literal('price'), pricePerKwh: zod_1.z.number(), currency }),
]);
exports.sourceDescriptionSchema = zod_1.z.discriminatedUnion('provider', [
    gbGrid,
    electricityMaps,
    wattTime,
    carbonAwareSdk,
    energyCharts,
    recorded,
    constant,
]);
/** Ready to be asked by all of a process: make one for each zone, and share it. */
function createSource(description, options = {}) {
    return (0, cached_1.createCached)(adapterFor(description, options), options);
}
function adapterFor(description, { clock }) {
    switch (description.provider) {
        case 'gbGrid':
            return (0, gbGrid_1.createGbGrid)({ ...description, clock });
        case 'electricityMaps':
            return (0, electricityMaps_1.createElectricityMaps)({ ...description, clock });
        case 'wattTime':
            return (0, wattTime_1.createWattTime)({ ...description, clock });
        case 'carbonAwareSdk':
            return (0, carbonAwareSdk_1.createCarbonAwareSdk)({ ...description, clock });
        case 'energyCharts':
            return (0, energyCharts_1.createEnergyCharts)({ ...description, clock });
        case 'recorded': {
            const { timeColumn: time, valueColumn: value } = description;
            return (0, recorded_1.createRecorded)({ ...description, values: description, columns: { time, value }, clock });
        }
        case 'constant': {
            const { zone: where } = description;
            return (0, constant_1.createConstant)({ zone: where, value: description, clock });
        }
    }
}
function isBare(text) {
    const { username, password, search, hash } = new URL(text);
    return username === '' && password === '' && search === '' && hash === '';
}
function isLoopback(text) {
    return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(text).hostname);
}
//# sourceMappingURL=sourceDescription.js.map