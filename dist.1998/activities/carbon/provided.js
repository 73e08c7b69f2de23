"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.providerTime = void 0;
exports.carbonReading = carbonReading;
exports.refuseOther = refuseOther;
/** What the adapters of HTTP providers share: times as providers write them, readings as we do. */
const zod_1 = require("zod");
const error_1 = require("./error");
const gridSlots_1 = require("./gridSlots");
/** An instant with its zone, as Unix seconds: one without would be taken for local time. */
exports.providerTime = zod_1.z.string().transform((text, context) => {
    const seconds = /(Z|[+-]\d\d:?\d\d)$/.test(text) ? (0, gridSlots_1.secondsOf)(text) : Number.NaN;
    if (Number.isFinite(seconds))
        return seconds;
    context.addIssue({ code: 'custom', message: 'must be an instant with its time zone' });
    return zod_1.z.NEVER;
});
function carbonReading(facts, told) {
    const { provider, zone, kind } = facts;
    const { warnings } = told;
    return {
        provider,
        zone,
        kind,
        factorType: told.factorType ?? null,
        gramsPerKwh: told.gramsPerKwh,
        validFromAt: (0, gridSlots_1.instantAt)(told.fromSeconds),
        validToAt: (0, gridSlots_1.instantAt)(told.toSeconds),
        issuedAt: told.issuedSeconds === undefined ? null : (0, gridSlots_1.instantAt)(told.issuedSeconds),
        status: told.status,
        ...(warnings !== undefined && warnings.length > 0 && { warnings }),
    };
}
/** Also what a provider silently answered with instead. */
function refuseOther(what, told, asked) {
    if (told === asked)
        return;
    throw new error_1.SourceError('unusable', `it gives ${what} ${told.slice(0, 40)} where ${asked} was asked for`);
}
//# sourceMappingURL=provided.js.map