"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.encryptionSchema = void 0;
exports.readEncryptionFile = readEncryptionFile;
/** Which keys payloads are encrypted with. Keys are only named here; they live in the environment or in files of their own. */
const zod_1 = require("zod");
const yamlFile_1 = require("../yamlFile");
const secret_1 = require("./secret");
const key = zod_1.z.strictObject({
    /** Stands beside each payload in the clear, so that it is known which key opens it. */
    id: zod_1.z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must be up to 64 letters, digits, dots, dashes or underscores'),
    /** 32 bytes in base64. */
    key: secret_1.secretReferenceSchema,
});
exports.encryptionSchema = zod_1.z.strictObject({
    /** The first one encrypts, each of them decrypts. */
    keys: zod_1.z
        .array(key)
        .min(1)
        .max(100)
        .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, {
        error: 'must not have two keys of one id',
    }),
});
/** A worker's configuration, or a file that has only this part of it. */
const encryptionFileSchema = zod_1.z.looseObject({ encryption: exports.encryptionSchema });
/** @throws InvalidFile */
async function readEncryptionFile(file) {
    return (await (0, yamlFile_1.readYamlFile)(file, encryptionFileSchema)).encryption;
}
//# sourceMappingURL=config.js.map