"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.requestDigest = requestDigest;
exports.createVerifyActivities = createVerifyActivities;
/** Who says so, and may they? A local activity of the bandit, so that what was known then lies in history. */
const node_crypto_1 = require("node:crypto");
const overrideToken_1 = require("./overrideToken");
/** Names a request without telling it: it may hold a token. */
function requestDigest(request) {
    return (0, node_crypto_1.createHash)('sha256')
        .update(JSON.stringify(request ?? null))
        .digest('hex');
}
const nobody = 'unknown';
const unsignedWhy = 'it is not signed, and this worker believes signed overrides only; sign it, or set overrides.allowUnsigned in the worker’s configuration';
const unverifiableWhy = 'it is signed, but this worker knows no keys to verify it with; set overrides.tokens in the worker’s configuration';
function createVerifyActivities({ tokens, allowUnsigned = false } = {}) {
    const verify = tokens === undefined ? undefined : (0, overrideToken_1.createTokenVerifier)(tokens);
    const judge = async (job, kind, value, request) => {
        const { token, who = nobody, reason } = request;
        if (token === undefined)
            return allowUnsigned ? { ok: true, who, signed: false, reason } : { ok: false, who, why: unsignedWhy };
        if (verify === undefined)
            return { ok: false, who: null, why: unverifiableWhy };
        const verdict = await verify(token, { job, kind, value });
        if (!verdict.ok)
            return { ok: false, who: verdict.who, why: verdict.message };
        const { jti, expiresAt: until } = verdict;
        return { ok: true, who: verdict.who, signed: true, reason: verdict.reason, token: { jti, until } };
    };
    const judged = async (job, kind, value, request) => ({
        ...(await judge(job, kind, value, request)),
        of: requestDigest(request),
        id: (0, node_crypto_1.randomUUID)(),
    });
    return {
        /** What is signed is the order with its duration: nothing else has an effect. */
        async verifyOverride(job, request) {
            const { kind, ...value } = request.order;
            return judged(job, kind, request.seconds === undefined ? value : { ...value, seconds: request.seconds }, request);
        },
        /** Whoever may resume may clear. */
        async verifyClear(job, request) {
            return judged(job, 'resume', request.id === undefined ? {} : { id: request.id }, request);
        },
    };
}
//# sourceMappingURL=verifyOverride.js.map