"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.admitToken = admitToken;
exports.admitSigned = admitSigned;
/** Who may have payloads decrypted: whoever knows the token, or holds one that the identity provider signed. */
const node_crypto_1 = require("node:crypto");
const keySet_1 = require("../../activities/keySet");
const overrideToken_1 = require("../../activities/overrideToken");
function admitToken(token) {
    const expected = digest(token);
    return async (bearer) => (0, node_crypto_1.timingSafeEqual)(digest(bearer), expected);
}
/** Digests are of one length, so that the comparison tells nothing by its time. */
function digest(text) {
    return (0, node_crypto_1.createHash)('sha256').update(text).digest();
}
/** @throws TypeError for a key set's URL that is not safe */
function admitSigned({ jwks, audience, issuer }) {
    const keySet = (0, keySet_1.createKeySet)(jwks);
    return async (bearer) => {
        const { errors, jwtVerify } = await import('jose');
        try {
            await jwtVerify(bearer, keySet, { algorithms: overrideToken_1.allowedAlgorithms, requiredClaims: ['exp'], audience, issuer });
            return true;
        }
        catch (error) {
            if (error instanceof errors.JOSEError)
                return false;
            throw error;
        }
    };
}
//# sourceMappingURL=codecAccess.js.map