"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.payloadsIn = payloadsIn;
exports.messageOf = messageOf;
const zod_1 = require("zod");
const bytes = zod_1.z
    .string()
    .regex(/^[A-Za-z0-9+/_-]*={0,2}$/)
    .transform((text) => Buffer.from(text, 'base64'));
const payload = zod_1.z.object({ metadata: zod_1.z.record(zod_1.z.string(), bytes).default({}), data: bytes.optional() });
const message = zod_1.z.object({ payloads: zod_1.z.array(payload).default([]) });
/** Undefined where the text is no such message. */
function payloadsIn(text) {
    try {
        return message.safeParse(JSON.parse(text)).data?.payloads;
    }
    catch {
        return undefined;
    }
}
function messageOf(payloads) {
    return JSON.stringify({ payloads: payloads.map(wireOf) });
}
function wireOf({ metadata, data }) {
    const inBase64 = Object.entries(metadata ?? {}).map(([key, value]) => [key, base64(value)]);
    return { metadata: Object.fromEntries(inBase64), data: base64(data ?? new Uint8Array()) };
}
function base64(content) {
    return Buffer.from(content).toString('base64');
}
//# sourceMappingURL=codecMessages.js.map