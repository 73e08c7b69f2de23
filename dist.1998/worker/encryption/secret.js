"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.secretReferenceSchema = void 0;
exports.readSecret = readSecret;
exports.unusableSecret = unusableSecret;
/** Secrets are named, never given: what is given stands in process lists, configurations and histories. No message holds one. */
const promises_1 = require("node:fs/promises");
const zod_1 = require("zod");
const errno_1 = require("../errno");
const errors_1 = require("../errors");
exports.secretReferenceSchema = zod_1.z.union([zod_1.z.strictObject({ env: zod_1.z.string().min(1) }), zod_1.z.strictObject({ file: zod_1.z.string().min(1) })], { error: 'must be { env: NAME } or { file: PATH }' });
/** `what`: for messages. @throws WattbanditError `invalid` if there is none */
async function readSecret(what, reference) {
    const text = 'file' in reference ? await textOf(what, reference) : process.env[reference.env];
    const secret = text?.trim();
    if (secret === undefined || secret === '')
        throw unusableSecret(what, reference, 'nothing is there');
    return secret;
}
async function textOf(what, reference) {
    try {
        return await (0, promises_1.readFile)(reference.file, 'utf8');
    }
    catch (cause) {
        throw unusableSecret(what, reference, `it cannot be read (${(0, errno_1.errnoOf)(cause)}); check the path and its permissions`);
    }
}
function unusableSecret(what, reference, fact) {
    const place = 'file' in reference ? `file ${reference.file}` : `environment variable ${reference.env}`;
    return new errors_1.WattbanditError('invalid', `Cannot use ${what} from ${place}: ${fact}.`);
}
//# sourceMappingURL=secret.js.map