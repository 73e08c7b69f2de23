"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.checkedReading = checkedReading;
exports.refuseFuture = refuseFuture;
/** Readings checked at the door: nothing negative, of the future, of another zone or kind gets to a decision. */
const zod_1 = require("zod");
const error_1 = require("./error");
const gridSlots_1 = require("./gridSlots");
/** The dirtiest grids have some 1000 g/kWh: more is a mistake of units. */
const maxGramsPerKwh = 3000;
/** Prices of scarcity are a few units of money for a kWh. */
const maxPricePerKwh = 1000;
const maxSlotSeconds = 86_400;
/** Clocks of provider and host differ a little. */
const skewSeconds = 60;
const instant = zod_1.z.iso.datetime();
const slot = {
    provider: zod_1.z.string().min(1).max(64),
    zone: zod_1.z.string().min(1).max(64),
    validFromAt: instant,
    validToAt: instant,
    issuedAt: instant.nullable(),
    status: zod_1.z.enum(['observed', 'estimated', 'forecast']),
    warnings: zod_1.z.array(zod_1.z.string().max(300)).max(8).optional(),
};
const readingSchema = zod_1.z.discriminatedUnion('kind', [
    zod_1.z.strictObject({
        ...slot,
        kind: zod_1.z.enum(['average', 'marginal']),
        factorType: zod_1.z.enum(['lifecycle', 'direct']).nullable(),
        gramsPerKwh: zod_1.z.number().min(0).max(maxGramsPerKwh),
    }),
    zod_1.z.strictObject({
        ...slot,
        kind: zod_1.z.literal('price'),
        currency: zod_1.z.string().regex(/^[A-Z]{3}$/),
        pricePerKwh: zod_1.z.number().min(-maxPricePerKwh).max(maxPricePerKwh),
    }),
]);
/** @throws SourceError `unusable` */
function checkedReading(reading, facts) {
    const parsed = readingSchema.safeParse(reading);
    if (!parsed.success) {
        const [issue] = parsed.error.issues;
        throw new error_1.SourceError('unusable', `it gives a value that cannot be (${issue?.path.join('.')}: ${issue?.message})`);
    }
    refuseOthers(parsed.data, facts);
    const { validFromAt, validToAt } = parsed.data;
    const seconds = (0, gridSlots_1.secondsOf)(validToAt) - (0, gridSlots_1.secondsOf)(validFromAt);
    if (seconds > 0 && seconds <= maxSlotSeconds)
        return parsed.data;
    throw new error_1.SourceError('unusable', `it gives a slot from ${validFromAt} to ${validToAt}, which is none`);
}
function refuseOthers(reading, facts) {
    for (const what of ['provider', 'zone', 'kind']) {
        if (reading[what] === facts[what])
            continue;
        throw new error_1.SourceError('unusable', `it gives ${what} ${reading[what]} where ${facts[what]} was asked for`);
    }
}
/** @throws SourceError `unusable` */
function refuseFuture(reading, now) {
    if ((0, gridSlots_1.secondsOf)(reading.validFromAt) <= (0, gridSlots_1.secondsOf)(now) + skewSeconds)
        return reading;
    throw new error_1.SourceError('unusable', `it gives ${reading.validFromAt} for now; check the clock of this host`);
}
//# sourceMappingURL=reading.js.map