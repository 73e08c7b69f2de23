"use strict";
/** Why the token of an override is refused, as a word for programs and a sentence for people. */
Object.defineProperty(exports, "__esModule", { value: true });
exports.refuse = refuse;
exports.refusalFor = refusalFor;
exports.subjectOf = subjectOf;
const sentences = {
    malformed: 'it is not a signed token of the compact form, or longer than 8192 characters',
    algorithm: 'it is signed by another algorithm than EdDSA, ES256 or RS256',
    key: 'the key set has no key, or more than one, that it may be signed with; name the key by `kid`',
    signature: 'its signature is not that of the key it names',
    expired: 'it has expired, or was issued more than a day ago',
    notYetValid: 'it is not valid yet; compare the clocks',
    issuer: 'it is not from the issuer that is expected',
    audience: 'it is meant for another audience',
    claims: 'it lacks one of sub, role, job, kind, value, iat, exp, jti and reason, or has one that means nothing here',
    job: 'it is for another job',
    kind: 'it is for another kind of override',
    value: 'it is for another value',
    role: 'its role may not do this',
};
function refuse(why, who) {
    return { ok: false, why, message: `Cannot accept the token of this override: ${sentences[why]}.`, who };
}
const byCode = {
    ERR_JOSE_ALG_NOT_ALLOWED: 'algorithm',
    ERR_JWKS_NO_MATCHING_KEY: 'key',
    ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'key',
    ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'signature',
    ERR_JWT_EXPIRED: 'expired',
};
/** Of the claims that `jose` checks itself: which, and what is wrong with it. */
const byClaim = {
    'iss missing': 'issuer',
    'iss check_failed': 'issuer',
    'aud missing': 'audience',
    'aud check_failed': 'audience',
    'nbf check_failed': 'notYetValid',
    'iat check_failed': 'notYetValid',
};
/** What a verification by `jose` threw. Whatever a token brings it to throw is the token's fault. */
function refusalFor(error) {
    const who = subjectOf(memberOf(error, 'payload'));
    const code = textOf(error, 'code');
    if (code !== 'ERR_JWT_CLAIM_VALIDATION_FAILED')
        return refuse(byCode[code] ?? 'malformed', who);
    return refuse(byClaim[`${textOf(error, 'claim')} ${textOf(error, 'reason')}`] ?? 'claims', who);
}
/** Of claims whose signature is good: `jose` looks at them only then. */
function subjectOf(claims) {
    return textOf(claims, 'sub').slice(0, 256) || null;
}
function textOf(value, name) {
    const member = memberOf(value, name);
    return typeof member === 'string' ? member : '';
}
function memberOf(value, name) {
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
//# sourceMappingURL=overrideRefusal.js.map