"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.refusePlaintext = refusePlaintext;
const loopback_1 = require("../activities/loopback");
const errors_1 = require("./errors");
/** @throws WattbanditError `invalid` for a server beyond this computer that is to be spoken to without TLS */
function refusePlaintext(connecting, insecurePlaintext) {
    const { address = 'localhost:7233', apiKey } = connecting;
    if (insecurePlaintext || isEncrypted(connecting) || staysHere(address, connecting))
        return;
    const exposed = apiKey === undefined ? 'all that is said' : 'the API key and all that is said';
    throw new errors_1.WattbanditError('invalid', `Cannot connect to Temporal at ${address} without TLS: whoever is on the way could read and change ${exposed}.\n` +
        'Turn TLS on, by TEMPORAL_TLS=true or in the Temporal profile; or accept it by --insecure-plaintext, in a worker’s configuration by `insecurePlaintext: true`.');
}
/** As the SDK understands it: an API key turns TLS on where nothing turns it off. */
function isEncrypted({ tls, apiKey }) {
    return tls === undefined || tls === null ? apiKey !== undefined : tls !== false;
}
/** A proxy is asked for the loopback of its own computer. */
function staysHere(address, { proxy }) {
    const host = /^(?:\[(?<ipv6>[^\]]+)\]|(?<name>[^:]+))(?::\d+)?$/.exec(address)?.groups;
    return proxy === undefined && (0, loopback_1.isLoopback)(host?.['ipv6'] ?? host?.['name'] ?? '');
}
//# sourceMappingURL=connectionSafety.js.map