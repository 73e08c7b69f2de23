"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.allowedAlgorithms = void 0;
exports.createTokenVerifier = createTokenVerifier;
const node_util_1 = require("node:util");
const zod_1 = require("zod");
const keySet_1 = require("./keySet");
const overrideRefusal_1 = require("./overrideRefusal");
const overrideRoles_1 = require("./overrideRoles");
/** Asymmetric ones alone: a public key must never do as a shared secret. */
exports.allowedAlgorithms = ['EdDSA', 'ES256', 'RS256'];
const maxTokenCharacters = 8192;
/** A token is made for one override and used at once; so those to be remembered are a day's. */
const longestLifeSeconds = 86_400;
/** What clocks may differ by. */
const toleranceSeconds = 30;
const text = (longest) => zod_1.z.string().min(1).max(longest);
const claimsSchema = zod_1.z.object({
    sub: text(256),
    role: zod_1.z.enum(overrideRoles_1.roles),
    job: text(256),
    kind: text(64).refine(overrideRoles_1.isOverrideKind),
    value: zod_1.z.unknown(),
    iat: zod_1.z.number(),
    exp: zod_1.z.number(),
    jti: text(128),
    reason: text(1000),
});
/** @throws TypeError for a key set's URL that is not safe */
function createTokenVerifier(options) {
    const { jwks, issuer, audience, clock = () => new Date() } = options;
    const keySet = (0, keySet_1.createKeySet)(jwks);
    return async (token, request) => {
        if (token.length > maxTokenCharacters)
            return (0, overrideRefusal_1.refuse)('malformed', null);
        try {
            const { jwtVerify } = await import('jose');
            const { payload } = await jwtVerify(token, keySet, {
                algorithms: exports.allowedAlgorithms,
                requiredClaims: Object.keys(claimsSchema.shape),
                maxTokenAge: longestLifeSeconds,
                clockTolerance: toleranceSeconds,
                currentDate: clock(),
                issuer,
                audience,
            });
            return judge(payload, request);
        }
        catch (error) {
            if (error instanceof keySet_1.KeySetUnavailable)
                throw error;
            return (0, overrideRefusal_1.refusalFor)(error);
        }
    };
}
/** The signature is good: does its owner say this, of this job, and may they? */
function judge(payload, { job, kind, value }) {
    const parsed = claimsSchema.safeParse(payload);
    if (!parsed.success)
        return (0, overrideRefusal_1.refuse)('claims', (0, overrideRefusal_1.subjectOf)(payload));
    const claims = parsed.data;
    if (claims.job !== job)
        return (0, overrideRefusal_1.refuse)('job', claims.sub);
    if (claims.kind !== kind)
        return (0, overrideRefusal_1.refuse)('kind', claims.sub);
    if (!(0, node_util_1.isDeepStrictEqual)(onTheWire(claims.value), onTheWire(value)))
        return (0, overrideRefusal_1.refuse)('value', claims.sub);
    if (!(0, overrideRoles_1.mayAct)(claims.role, (0, overrideRoles_1.roleFor)(claims.kind, claims.value)))
        return (0, overrideRefusal_1.refuse)('role', claims.sub);
    return accept(claims);
}
function accept({ sub, role, jti, reason, iat, exp }) {
    const untilSeconds = Math.min(exp, iat + longestLifeSeconds) + toleranceSeconds;
    return { ok: true, who: sub, role, jti, reason, expiresAt: new Date(untilSeconds * 1000).toISOString() };
}
/** As JSON brings it to the other side, where an absent member and an undefined one are the same. */
function onTheWire(value) {
    return JSON.parse(JSON.stringify(value ?? null));
}
//# sourceMappingURL=overrideToken.js.map