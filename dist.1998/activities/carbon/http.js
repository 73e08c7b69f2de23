"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createAsk = createAsk;
const error_1 = require("./error");
const gridSlots_1 = require("./gridSlots");
const httpRefusal_1 = require("./httpRefusal");
const secret_1 = require("./secret");
function createAsk({ baseUrl, clock = gridSlots_1.systemClock, maxBytes = 4 * 1024 * 1024 }) {
    return async (question, abort) => {
        const { secrets = [], schema } = question;
        const response = await send(urlOf(baseUrl, question), question.headers, abort);
        const text = await textOf(response, maxBytes);
        const clean = (words) => (0, secret_1.redact)(words, secrets);
        if (response.status !== 200)
            throw (0, httpRefusal_1.refusalFor)({ response, text, clean, now: clock() });
        const parsed = schema.safeParse(jsonIn(response, text, clean));
        if (parsed.success)
            return parsed.data;
        const [{ path, message } = { path: [], message: 'no more is known' }] = parsed.error.issues;
        throw new error_1.SourceError('unusable', `its answer is not what is documented (${path.join('.')}: ${clean(message)})`);
    };
}
function urlOf(baseUrl, { path, query = {} }) {
    const search = new URLSearchParams(query).toString();
    return `${baseUrl.replace(/\/+$/, '')}${path}${search === '' ? '' : `?${search}`}`;
}
/** Redirects are not followed: they could carry the token, or this process, to another host. */
async function send(url, headers, abort) {
    try {
        return await fetch(url, {
            headers: { accept: 'application/json', ...headers },
            redirect: 'manual',
            signal: abort ?? null,
        });
    }
    catch (error) {
        throw unreachable(url, error);
    }
}
function unreachable(url, error) {
    const { host } = new URL(url);
    if (error instanceof Error && /^(Abort|Timeout)Error$/.test(error.name))
        return new error_1.SourceError('unavailable', `${host} did not answer in time`);
    return new error_1.SourceError('unavailable', `${host} cannot be reached (${codeBehind(error)})`);
}
/** fetch hides the operating system's word, such as ECONNREFUSED, in causes. */
function codeBehind(error) {
    if (typeof error !== 'object' || error === null)
        return 'no reason given';
    if ('code' in error && typeof error.code === 'string' && /^[A-Z_0-9]{1,40}$/.test(error.code))
        return error.code;
    return 'cause' in error ? codeBehind(error.cause) : 'no reason given';
}
async function textOf(response, maxBytes) {
    const chunks = [];
    let bytes = 0;
    try {
        for await (const chunk of response.body ?? []) {
            bytes += chunk.length;
            // Leaving the loop hangs up.
            if (bytes > maxBytes)
                break;
            chunks.push(chunk);
        }
    }
    catch (error) {
        throw unreachable(response.url, error);
    }
    if (bytes > maxBytes)
        throw new error_1.SourceError('unusable', `its answer is longer than ${maxBytes} bytes`);
    return Buffer.concat(chunks).toString('utf8');
}
function jsonIn(response, text, clean) {
    const type = response.headers.get('content-type') ?? 'no type';
    if (!/^application\/([\w.-]+\+)?json\b/i.test(type)) {
        throw new error_1.SourceError('unusable', `it answers with ${clean(type).slice(0, 60)} instead of JSON; a proxy may be in between`);
    }
    try {
        return JSON.parse(text, (_, value) => (typeof value === 'string' ? clean(value) : value));
    }
    catch {
        throw new error_1.SourceError('unusable', 'its answer is broken JSON, or cut off');
    }
}
//# sourceMappingURL=http.js.map