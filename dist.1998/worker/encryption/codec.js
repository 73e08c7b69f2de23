"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createEncryptionCodec = createEncryptionCodec;
const node_crypto_1 = require("node:crypto");
const protobufjs_1 = require("protobufjs");
const errors_1 = require("../errors");
const encoding = 'binary/encrypted';
const keyIdField = 'encryption-key-id';
const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
/** temporal.api.common.v1.Payload */
const payloadMessage = new protobufjs_1.Type('Payload')
    .add(new protobufjs_1.MapField('metadata', 1, 'string', 'bytes'))
    .add(new protobufjs_1.Field('data', 2, 'bytes'));
/**
 * The first key encrypts, each of them decrypts. What was never encrypted passes as it is: histories from before, and messages that
 * people send by hand. Without keys nothing is encrypted, and what is cannot be read.
 */
function createEncryptionCodec(keys) {
    const [newest] = keys;
    return {
        encode: async (payloads) => (newest === undefined ? payloads : payloads.map((payload) => seal(payload, newest))),
        decode: async (payloads) => payloads.map((payload) => (isSealed(payload) ? unseal(payload, keys) : payload)),
    };
}
function seal(payload, { id, secret }) {
    const nonce = (0, node_crypto_1.randomBytes)(nonceBytes);
    const cipher = (0, node_crypto_1.createCipheriv)(algorithm, secret, nonce);
    const plain = payloadMessage.encode(payloadMessage.create(payload)).finish();
    const data = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    return { metadata: { encoding: Buffer.from(encoding), [keyIdField]: Buffer.from(id) }, data };
}
function isSealed({ metadata }) {
    return text(metadata?.['encoding']) === encoding;
}
/** @throws WattbanditError `invalid` where the key is not known, or the payload is not what was encrypted with it */
function unseal({ metadata, data }, keys) {
    const id = text(metadata?.[keyIdField]);
    const key = keys.find((known) => known.id === id);
    if (key === undefined)
        throw unknownKey(id, keys);
    try {
        const { metadata: inner, data: content } = payloadMessage.toObject(payloadMessage.decode(opened(data, key)));
        return { metadata: inner, data: content };
    }
    catch (cause) {
        const fact = 'it was changed on its way, or encrypted with another key of this id';
        throw new errors_1.WattbanditError('invalid', `Cannot decrypt a payload with key ${id}: ${fact}.`, { cause });
    }
}
function opened(data, { secret }) {
    const bytes = Buffer.from(data ?? []);
    if (bytes.length < nonceBytes + tagBytes)
        throw new Error('too short');
    const decipher = (0, node_crypto_1.createDecipheriv)(algorithm, secret, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
}
function unknownKey(id, keys) {
    const wanted = JSON.stringify(id.slice(0, 64));
    const known = keys.map((key) => key.id).join(', ');
    const fact = known === ''
        ? 'no keys are configured here; name a file that has them by --encryption or WATTBANDIT_ENCRYPTION, a worker’s by `encryption`'
        : `known here: ${known}; add it to encryption.keys`;
    return new errors_1.WattbanditError('invalid', `Cannot decrypt a payload: it was encrypted with key ${wanted}, ${fact}.`);
}
function text(bytes) {
    return Buffer.from(bytes ?? []).toString();
}
//# sourceMappingURL=codec.js.map