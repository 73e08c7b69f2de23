"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.failureConverterPath = void 0;
exports.dataConverterFor = dataConverterFor;
const codec_1 = require("./codec");
const keys_1 = require("./keys");
/** For `bundleWorkflowCode`: a bundle made without it leaves the messages of workflow failures in the clear. */
exports.failureConverterPath = require.resolve('./failureConverter');
/**
 * For `Worker.create` and `new Client` alike. Keys are read now, once. Without a configuration nothing is encrypted, and what somebody
 * else encrypted is refused by name instead of misread.
 * @throws WattbanditError `invalid` if a key is missing or is no key
 */
async function dataConverterFor(encryption) {
    if (encryption === undefined)
        return { payloadCodecs: [(0, codec_1.createEncryptionCodec)([])] };
    return { payloadCodecs: [(0, codec_1.createEncryptionCodec)(await (0, keys_1.loadKeys)(encryption))], failureConverterPath: exports.failureConverterPath };
}
//# sourceMappingURL=dataConverter.js.map