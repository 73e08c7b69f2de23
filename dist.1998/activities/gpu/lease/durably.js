"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.writeDurably = void 0;
exports.draftOf = draftOf;
/** Writes a file so that a reader finds the old content or the new, also after a crash; never a part. */
const promises_1 = require("node:fs/promises");
const node_path_1 = require("node:path");
/** Two writers of one path would share a draft: hold the lock. */
const writeDurably = async (path, text) => {
    const draft = draftOf(path);
    try {
        await writeAndSync(draft, text);
        await (0, promises_1.rename)(draft, path);
    }
    catch (error) {
        await (0, promises_1.rm)(draft, { force: true });
        throw error;
    }
    await syncDirectory((0, node_path_1.dirname)(path));
};
exports.writeDurably = writeDurably;
function draftOf(path) {
    return `${path}.tmp`;
}
async function writeAndSync(path, text) {
    const file = await (0, promises_1.open)(path, 'w', 0o640);
    try {
        await file.writeFile(text);
        await file.sync();
    }
    finally {
        await file.close();
    }
}
/** A rename is in the directory, which has to reach the disk too. */
async function syncDirectory(path) {
    const directory = await (0, promises_1.open)(path, 'r');
    try {
        await directory.sync();
    }
    finally {
        await directory.close();
    }
}
//# sourceMappingURL=durably.js.map