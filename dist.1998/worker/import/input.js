"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.cannotImport = cannotImport;
exports.readBytes = readBytes;
exports.readText = readText;
exports.messageOf = messageOf;
exports.problemsIn = problemsIn;
/** Files that somebody wants to import: read whole, up to a size, with errors that name them. */
const node_fs_1 = require("node:fs");
const consumers_1 = require("node:stream/consumers");
const errors_1 = require("../errors");
function cannotImport(file, why, cause) {
    return new errors_1.WattbanditError('invalid', `Cannot import ${file}: ${why}.`, { cause });
}
/** Reads one byte more than allowed at most, so that even a device that never ends is refused. @throws WattbanditError */
async function readBytes(file, mostBytes) {
    const bytes = await (0, consumers_1.buffer)((0, node_fs_1.createReadStream)(file, { end: mostBytes })).catch((error) => {
        throw cannotImport(file, messageOf(error), error);
    });
    if (bytes.length > mostBytes)
        throw cannotImport(file, `it has more than ${mostBytes / 1024 / 1024} MiB`);
    return bytes;
}
/** UTF-8, without a byte-order mark. @throws WattbanditError */
async function readText(file, mostBytes) {
    const bytes = await readBytes(file, mostBytes);
    try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    }
    catch (error) {
        throw cannotImport(file, 'it is not text in UTF-8', error);
    }
}
/** Also of errors that another realm threw. */
function messageOf(error) {
    return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}
/** What is wrong with a row, in one line. */
function problemsIn({ issues }) {
    return issues.slice(0, 5).map(problemText).join('; ');
}
function problemText(issue) {
    const at = issue.path.join('.') || 'the row';
    if (issue.code === 'unrecognized_keys')
        return `${at}: has the unknown ${issue.keys.slice(0, 5).join(', ')}`;
    return `${at}: ${issue.message}`;
}
//# sourceMappingURL=input.js.map