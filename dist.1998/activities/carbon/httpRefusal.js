"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.refusalFor = refusalFor;
exports.retryAfterSeconds = retryAfterSeconds;
/** What a provider means by another status than 200, and how long it wants to be left alone. */
const zod_1 = require("zod");
const error_1 = require("./error");
const gridSlots_1 = require("./gridSlots");
function refusalFor({ response, text, clean, now }) {
    const { status, headers } = response;
    const words = clean(wordsIn(text)).slice(0, 200);
    const [kind, remedy] = meaningOf(status);
    const quoted = words === '' ? '' : ` (${words})`;
    return new error_1.SourceError(kind, `it answers with status ${status}${quoted}; ${remedy}`, {
        status,
        retryAfterSeconds: retryAfterSeconds(headers.get('retry-after'), now),
    });
}
function meaningOf(status) {
    if (status < 300)
        return ['unusable', 'it has nothing to say of this now'];
    if (status < 400)
        return ['invalid', 'redirects are not followed; give the final address as baseUrl'];
    if (status === 401)
        return ['forbidden', 'check the credentials, and that they are for this zone'];
    if (status === 402 || status === 403)
        return ['forbidden', 'check the credentials, and that the plan includes this'];
    if (status === 408 || status === 425)
        return ['unavailable', 'it may pass'];
    if (status === 429)
        return ['unavailable', 'it was asked too often'];
    if (status < 500)
        return ['invalid', 'check zone and baseUrl'];
    return ['unavailable', 'it may pass'];
}
const sentence = zod_1.z.string().min(1);
/** The forms seen: `{error}`, `{message}`, `{error:{message}}`, problem details. */
const refusal = zod_1.z.union([
    zod_1.z.object({ error: zod_1.z.object({ message: sentence }) }).transform(({ error }) => error.message),
    zod_1.z.object({ error: sentence }).transform(({ error }) => error),
    zod_1.z.object({ message: sentence }).transform(({ message }) => message),
    zod_1.z.object({ detail: sentence }).transform(({ detail }) => detail),
    zod_1.z.object({ title: sentence }).transform(({ title }) => title),
]);
/** Of JSON only: pages of proxies say nothing to the point. */
function wordsIn(text) {
    try {
        return refusal.parse(JSON.parse(text));
    }
    catch {
        return '';
    }
}
/** A day at most, so that a mistaken date does not silence a source for ever. */
const mostSeconds = 86_400;
/** Both forms of the header: seconds, and an HTTP date. */
function retryAfterSeconds(header, now) {
    const text = header?.trim() ?? '';
    if (/^\d+$/.test(text))
        return Math.min(Number(text), mostSeconds);
    const seconds = /^[A-Z][a-z]{2}, .* GMT$/.test(text) ? (0, gridSlots_1.secondsOf)(text) - (0, gridSlots_1.secondsOf)(now) : Number.NaN;
    return Number.isFinite(seconds) ? Math.min(Math.max(0, seconds), mostSeconds) : undefined;
}
//# sourceMappingURL=httpRefusal.js.map