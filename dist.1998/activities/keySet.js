"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.KeySetUnavailable = void 0;
exports.createKeySet = createKeySet;
const promises_1 = require("node:fs/promises");
const loopback_1 = require("./loopback");
/** The keys are out of reach or no keys: nothing is known about the token. To be tried again. */
class KeySetUnavailable extends Error {
    name = 'KeySetUnavailable';
}
exports.KeySetUnavailable = KeySetUnavailable;
/** A few hundred keys. */
const maxBytes = 256 * 1024;
const timeoutMilliseconds = 5000;
const maxAgeMilliseconds = 600_000;
/** Tokens with made-up key ids cause no more requests than this. */
const cooldownMilliseconds = 30_000;
/**
 * Looks up the key that a token names.
 * @throws TypeError for a URL over which somebody on the way could hand out keys of his own
 */
function createKeySet(source) {
    return 'file' in source ? inFile(source.file) : behind(checked(source.url));
}
function inFile(file) {
    return async (header, token) => {
        const { createLocalJWKSet } = await import('jose');
        return available(`file ${file}`, async () => createLocalJWKSet(JSON.parse(await readSmall(file)))(header, token));
    };
}
async function readSmall(file) {
    if ((await (0, promises_1.stat)(file)).size > maxBytes)
        throw new Error(`it is larger than ${maxBytes} bytes`);
    return (0, promises_1.readFile)(file, 'utf8');
}
function behind(url) {
    let lookup;
    return async (header, token) => {
        const { createRemoteJWKSet, customFetch } = await import('jose');
        lookup ??= createRemoteJWKSet(url, {
            timeoutDuration: timeoutMilliseconds,
            cacheMaxAge: maxAgeMilliseconds,
            cooldownDuration: cooldownMilliseconds,
            [customFetch]: fetchSmall,
        });
        const keyOf = lookup;
        // Without its query, which may hold a secret.
        return available(`${url.origin}${url.pathname}`, async () => keyOf(header, token));
    };
}
function checked(text) {
    const url = new URL(text);
    const here = url.protocol === 'http:' && (0, loopback_1.isLoopback)(url.hostname.replace(/^\[(.+)\]$/, '$1'));
    if ((url.protocol === 'https:' || here) && url.username === '' && url.password === '')
        return url;
    throw new TypeError(`Cannot take keys from ${url.origin}: a key set's URL is https, or http on this computer, without a password.`);
}
/** Within the time that `jose` gives it, the whole of the answer included. */
async function fetchSmall(url, options) {
    const response = await fetch(url, { ...options, redirect: 'manual' });
    if (response.status !== 200)
        throw new Error(`it answered ${response.status}; redirects are not followed`);
    const chunks = [];
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
        bytes += chunk.length;
        if (bytes > maxBytes)
            throw new Error(`it answered more than ${maxBytes} bytes`);
        chunks.push(chunk);
    }
    return new Response(Buffer.concat(chunks));
}
/** What a token does that these keys do not know; every other failure is of the key set. */
const aboutTheToken = new Set(['ERR_JWKS_NO_MATCHING_KEY', 'ERR_JWKS_MULTIPLE_MATCHING_KEYS']);
async function available(place, look) {
    try {
        return await look();
    }
    catch (cause) {
        if (cause instanceof Error && 'code' in cause && aboutTheToken.has(String(cause.code)))
            throw cause;
        const reason = cause instanceof Error ? innermost(cause).message : String(cause);
        throw new KeySetUnavailable(`Cannot use the key set at ${place}: ${reason}.`, { cause });
    }
}
/** `fetch failed` says nothing; its cause does. */
function innermost(error) {
    return error.cause instanceof Error ? innermost(error.cause) : error;
}
//# sourceMappingURL=keySet.js.map