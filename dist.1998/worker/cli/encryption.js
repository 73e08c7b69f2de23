"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.encryptionOf = encryptionOf;
/** Where a command finds the keys to what Temporal stores: flag, else environment. */
const config_1 = require("../encryption/config");
/** @throws InvalidFile */
async function encryptionOf({ encryption }) {
    const file = encryption ?? process.env['WATTBANDIT_ENCRYPTION'];
    return file === undefined || file === '' ? undefined : (0, config_1.readEncryptionFile)(file);
}
//# sourceMappingURL=encryption.js.map