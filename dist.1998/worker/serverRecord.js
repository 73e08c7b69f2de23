"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.readRecord = readRecord;
exports.writeRecord = writeRecord;
exports.removeRecord = removeRecord;
/** Which server runs for a state directory, in a file that outlives whoever started it. */
const promises_1 = require("node:fs/promises");
const node_path_1 = require("node:path");
const zod_1 = require("zod");
const serverRecord = zod_1.z.object({
    pid: zod_1.z.int().positive(),
    /** the process that ends it */
    owner: zod_1.z.int().positive(),
    address: zod_1.z.string(),
    uiAddress: zod_1.z.string().optional(),
});
async function readRecord(directory) {
    const text = await (0, promises_1.readFile)(recordIn(directory), 'utf8').catch(() => '');
    try {
        return serverRecord.parse(JSON.parse(text));
    }
    catch {
        // Absent, or damaged: then it names no server either.
        return undefined;
    }
}
async function writeRecord(directory, record) {
    const draft = `${recordIn(directory)}.${process.pid}`;
    await (0, promises_1.writeFile)(draft, `${JSON.stringify(record)}\n`);
    await (0, promises_1.rename)(draft, recordIn(directory));
}
async function removeRecord(directory) {
    await (0, promises_1.rm)(recordIn(directory), { force: true });
}
function recordIn(directory) {
    return (0, node_path_1.join)(directory, 'server.json');
}
//# sourceMappingURL=serverRecord.js.map