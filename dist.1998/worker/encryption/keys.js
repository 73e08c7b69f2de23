"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.loadKeys = loadKeys;
/** Encryption keys out of the places that hold them. */
const node_crypto_1 = require("node:crypto");
const secret_1 = require("./secret");
/** In the order of the configuration. @throws WattbanditError `invalid` if one of them is missing or is no key */
async function loadKeys({ keys }) {
    return Promise.all(keys.map(async ({ id, key }) => ({ id, secret: await loadKey(id, key) })));
}
/** 32 bytes, written in the one way there is, so that a key that was cut short or mistyped is not taken for another. */
const base64Key = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;
async function loadKey(id, reference) {
    const what = `encryption key ${id}`;
    const text = await (0, secret_1.readSecret)(what, reference);
    if (base64Key.test(text))
        return (0, node_crypto_1.createSecretKey)(text, 'base64');
    throw (0, secret_1.unusableSecret)(what, reference, 'it must be 32 bytes in base64, as `openssl rand -base64 32` prints them');
}
//# sourceMappingURL=keys.js.map