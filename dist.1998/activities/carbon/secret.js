"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.secretRefSchema = void 0;
exports.readSecret = readSecret;
exports.placeOf = placeOf;
exports.redact = redact;
exports.base64 = base64;
/** Secrets by reference: read at the moment of use, kept nowhere, taken out of whatever is said. */
const node_fs_1 = require("node:fs");
const consumers_1 = require("node:stream/consumers");
const zod_1 = require("zod");
const error_1 = require("./error");
exports.secretRefSchema = zod_1.z.union([zod_1.z.strictObject({ env: zod_1.z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/) }), zod_1.z.strictObject({ file: zod_1.z.string().min(1) })], { error: 'must say where the secret is, env: NAME or file: PATH, and not be the secret itself' });
const maxBytes = 8192;
/**
 * One that does not go into a header is refused here, for `fetch` would quote it.
 * @throws SourceError `forbidden`
 */
async function readSecret(ref, purpose) {
    const secret = ('env' in ref ? process.env[ref.env] : await contentOf(ref.file))?.trim() ?? '';
    if (secret === '')
        throw missing(purpose, `there is none at ${placeOf(ref)}`);
    if (/^[\x21-\x7e]+$/.test(secret))
        return secret;
    throw missing(purpose, `what is at ${placeOf(ref)} has blanks, line breaks or letters that no header takes`);
}
function placeOf(ref) {
    return 'env' in ref ? `env ${ref.env}` : `file ${ref.file}`;
}
async function contentOf(file) {
    try {
        return await (0, consumers_1.text)((0, node_fs_1.createReadStream)(file, { end: maxBytes - 1 }));
    }
    catch {
        return undefined;
    }
}
function missing(purpose, fact) {
    return new error_1.SourceError('forbidden', `its ${purpose} is missing: ${fact}; put it there`);
}
/** Also as a provider may echo them: encoded for a URL or for HTTP Basic. */
function redact(words, secrets) {
    const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret), base64(secret)]);
    // The longest first: one may be a part of another.
    const ordered = forms.filter((form) => form !== '').toSorted((a, b) => b.length - a.length);
    return ordered.reduce((clean, form) => clean.replaceAll(form, '[secret]'), words);
}
function base64(secret) {
    return Buffer.from(secret).toString('base64');
}
//# sourceMappingURL=secret.js.map