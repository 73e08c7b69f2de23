"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.writeNew = writeNew;
/** Where an export goes: a file that is not there yet. */
const promises_1 = require("node:fs/promises");
const errors_1 = require("../errors");
/** @throws WattbanditError `conflict` if there is such a file already */
async function writeNew(file, text) {
    try {
        await (0, promises_1.writeFile)(file, text, { flag: 'wx' });
    }
    catch (cause) {
        const isThere = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new errors_1.WattbanditError(isThere ? 'conflict' : 'invalid', `Cannot write the export to ${file}: ${reason}.`, {
            cause,
        });
    }
}
//# sourceMappingURL=newFile.js.map