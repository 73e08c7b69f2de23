"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.journalPath = journalPath;
exports.foreignPath = foreignPath;
exports.uuidOfForeign = uuidOfForeign;
exports.uuidOfJournal = uuidOfJournal;
exports.readJournal = readJournal;
exports.textOf = textOf;
exports.dropJournal = dropJournal;
exports.setAside = setAside;
/** What has to be known to put back one GPU's power limit, on disk before the limit is first changed. */
const promises_1 = require("node:fs/promises");
const node_path_1 = require("node:path");
const zod_1 = require("zod");
const durably_1 = require("./durably");
const errors_1 = require("./errors");
const journalSchema = zod_1.z.strictObject({
    version: zod_1.z.literal(1),
    uuid: zod_1.z.string().min(1),
    bootId: zod_1.z.string().min(1),
    /** Read once, before the first change. */
    originalWatts: zod_1.z.number().positive(),
    /** Every limit that this lease set or was about to set. */
    oursWatts: zod_1.z.array(zod_1.z.number().positive()).readonly(),
    pid: zod_1.z.int().positive(),
    /** As `startOf` has it. */
    pidStartedAt: zod_1.z.string(),
    at: zod_1.z.iso.datetime(),
    runId: zod_1.z.string(),
});
const ending = '.json';
function journalPath(directory, uuid) {
    return (0, node_path_1.join)(directory, `${encodeURIComponent(uuid)}${ending}`);
}
const foreignEnding = '.foreign';
/** Where a journal lies once somebody else has moved the limit. */
function foreignPath(directory, uuid) {
    return (0, node_path_1.join)(directory, `${encodeURIComponent(uuid)}${foreignEnding}`);
}
/** The GPU that was left to whoever moved its limit, if the file says so. */
function uuidOfForeign(fileName) {
    return fileName.endsWith(foreignEnding) ? decodeURIComponent(fileName.slice(0, -foreignEnding.length)) : undefined;
}
/** The GPU whose journal a file is, if it is one. */
function uuidOfJournal(fileName) {
    return fileName.endsWith(ending) ? decodeURIComponent(fileName.slice(0, -ending.length)) : undefined;
}
/** Undefined without a journal. Throws if there is one that cannot be opened, which says nothing about its content. */
async function readJournal(directory, uuid, path = journalPath(directory, uuid)) {
    let text;
    try {
        text = await (0, promises_1.readFile)(path, 'utf8');
    }
    catch (error) {
        if ((0, errors_1.codeOf)(error) === 'ENOENT')
            return undefined;
        throw error;
    }
    const parsed = journalSchema.safeParse(parseJson(text));
    return parsed.success && parsed.data.uuid === uuid ? parsed.data : 'unreadable';
}
function textOf(journal) {
    return `${JSON.stringify(journal)}\n`;
}
/** Not synced: were it to come back after a crash, it would be of another boot. */
async function dropJournal(directory, uuid) {
    const path = journalPath(directory, uuid);
    await (0, promises_1.rm)((0, durably_1.draftOf)(path), { force: true });
    await (0, promises_1.rm)(path, { force: true });
}
/** Keeps a journal that nobody may act on, as evidence. Answers where. */
async function setAside(directory, uuid, why) {
    const path = journalPath(directory, uuid);
    const aside = (0, node_path_1.join)(directory, `${encodeURIComponent(uuid)}.${why}`);
    await (0, promises_1.rename)(path, aside).catch((error) => {
        if ((0, errors_1.codeOf)(error) !== 'ENOENT')
            throw error;
    });
    return aside;
}
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
//# sourceMappingURL=journal.js.map