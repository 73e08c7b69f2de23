"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.auditText = auditText;
exports.readAudit = readAudit;
/** The file that `audit export` writes and `audit verify` reads: a chain with a header of its own. */
const zod_1 = require("zod");
const chain_1 = require("./chain");
const headerSchema = zod_1.z.object({
    format: zod_1.z.literal('wattbandit-audit'),
    version: zod_1.z.literal(1),
    job: zod_1.z.string(),
    exportedAt: zod_1.z.string(),
    /** The hash of the chain before it; zeros where there is none. */
    previous: zod_1.z.string(),
});
const sealSchema = zod_1.z.object({ readTo: zod_1.z.record(zod_1.z.string(), zod_1.z.int().positive()), entries: zod_1.z.int().min(0) });
function auditText({ job, exportedAt, audit, earlier }) {
    const { entries, readTo, missing } = audit;
    const header = { format: 'wattbandit-audit', version: 1, job, exportedAt, missing };
    return (0, chain_1.chained)(header, entries.map(withoutTokens), { readTo }, earlier?.hash);
}
/** No entry holds a token by itself, but people paste them where they do not belong: into a reason, for one. */
function withoutTokens(entry) {
    const told = JSON.parse(JSON.stringify(entry).replaceAll(jws, 'a token, left out'));
    return typeof told === 'object' && told !== null ? told : {};
}
/** In its compact form; `eyJ` is how JSON begins in base64. */
const jws = /eyJ[\w-]+\.[\w-]+\.[\w-]*/g;
function readAudit(bytes) {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    // Bytes that are no text would all be read as the same character.
    if (!Buffer.from(text).equals(bytes))
        return { ok: false, line: lineOfNoText(bytes), why: 'it is not text in UTF-8' };
    const chain = (0, chain_1.verifyChain)(text);
    if (!chain.ok)
        return chain;
    const header = headerSchema.safeParse(chain.header);
    const seal = sealSchema.safeParse(chain.seal);
    if (!header.success || !seal.success)
        return { ok: false, line: 1, why: 'it is not the header of an audit that this version reads' };
    const { job, exportedAt, previous } = header.data;
    const { readTo, entries } = seal.data;
    return { ok: true, file: { job, exportedAt, previous, entries, hash: chain.hash, readTo } };
}
function lineOfNoText(bytes) {
    const read = Buffer.from(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
    const at = read.findIndex((byte, index) => byte !== bytes[index]);
    return read.subarray(0, at).filter((byte) => byte === lineFeed).length + 1;
}
const lineFeed = 10;
//# sourceMappingURL=file.js.map