"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.respond = respond;
const errors_1 = require("../errors");
const codecMessages_1 = require("./codecMessages");
/** Temporal's own messages are at most 4 MB; base64 makes a third more of them. */
const maxBytes = 8 * 1024 * 1024;
async function respond(request, response, rules) {
    const { status, body, headers } = await answer(request, rules).catch((error) => broken(error, rules));
    const refused = status >= 400;
    if (refused)
        rules.say(`${status} ${request.method} ${request.url?.slice(0, 100)}: ${body}`);
    // What is left of a body that nobody wants; it has the time of a request to come.
    request.resume();
    response
        .writeHead(status, { 'content-type': 'application/json', ...corsFor(request.headers, rules), ...headers })
        .end(refused ? JSON.stringify({ message: body }) : body);
}
async function answer(request, { codec, admit, allowOrigins }) {
    const { method, headers, url } = request;
    if (headers.origin !== undefined && !allowOrigins.includes(headers.origin))
        return { status: 403, body: 'Cannot answer this page: its origin is not among those of --allow-origin.' };
    if (method === 'OPTIONS')
        return { status: 204, body: '' };
    if (url !== '/encode' && url !== '/decode')
        return { status: 404, body: 'Cannot find it: POST to /encode or /decode.' };
    if (method !== 'POST')
        return { status: 405, body: 'Cannot do this: POST payloads.', headers: { allow: 'POST, OPTIONS' } };
    if (admit !== null && !(await admit(bearerIn(headers))))
        return { status: 401, body: 'Cannot answer: a valid token is missing.', headers: { 'www-authenticate': 'Bearer' } };
    const text = await textOf(request);
    if (text === undefined)
        return { status: 413, body: `Cannot take more than ${maxBytes} bytes.` };
    const payloads = (0, codecMessages_1.payloadsIn)(text);
    if (payloads === undefined)
        return { status: 400, body: 'Cannot read it: send {"payloads": [{"metadata": {}, "data": ""}]}.' };
    return recoded(url === '/encode' ? codec.encode(payloads) : codec.decode(payloads));
}
/** An unknown key and a payload that was changed are told to whoever asked. */
async function recoded(recoding) {
    try {
        return { status: 200, body: (0, codecMessages_1.messageOf)(await recoding) };
    }
    catch (error) {
        if (error instanceof errors_1.WattbanditError)
            return { status: 400, body: error.message };
        throw error;
    }
}
/** A key set out of reach, a client that hung up. What exactly is the operator's affair. */
function broken(error, { say }) {
    say(error instanceof Error ? error.message : String(error));
    return { status: 503, body: 'Cannot answer now: see what the codec server says on its host.' };
}
/** Never `*`: a page gets the answer only if it is on the list. */
function corsFor({ origin }, { allowOrigins }) {
    if (origin === undefined || !allowOrigins.includes(origin))
        return { vary: 'Origin' };
    return {
        vary: 'Origin',
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'POST, OPTIONS',
        'access-control-allow-headers': 'Authorization, Content-Type, X-Namespace',
        'access-control-max-age': '600',
    };
}
function bearerIn({ authorization }) {
    return /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
}
/** Undefined where it is too long. The request stays whole, else nobody would hear that. */
async function textOf(request) {
    if (Number(request.headers['content-length'] ?? 0) > maxBytes)
        return undefined;
    const chunks = [];
    let bytes = 0;
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
        const piece = Buffer.from(chunk);
        bytes += piece.length;
        if (bytes > maxBytes)
            return undefined;
        chunks.push(piece);
    }
    return Buffer.concat(chunks).toString();
}
//# sourceMappingURL=codecRequest.js.map