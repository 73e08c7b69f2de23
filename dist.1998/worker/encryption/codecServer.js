"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.startCodecServer = startCodecServer;
/**
 * Lets Temporal's UI and CLI show encrypted payloads: they send them here and get them back in the clear, without Temporal's server
 * seeing any of it.
 */
const node_http_1 = require("node:http");
const errors_1 = require("../errors");
const codecRequest_1 = require("./codecRequest");
const maxConnections = 100;
const patienceMilliseconds = 10_000;
/** Serves when this resolves. @throws WattbanditError `unavailable` if the port is taken */
async function startCodecServer(options) {
    const server = (0, node_http_1.createServer)((request, response) => void (0, codecRequest_1.respond)(request, response, options));
    server.maxConnections = maxConnections;
    server.headersTimeout = patienceMilliseconds;
    server.requestTimeout = patienceMilliseconds;
    await listening(server, options);
    const at = server.address();
    const port = at === null || typeof at === 'string' ? options.port : at.port;
    const host = options.host.includes(':') ? `[${options.host}]` : options.host;
    const close = async () => {
        server.closeAllConnections();
        await new Promise((closed) => server.close(closed));
    };
    return { url: `http://${host}:${port}`, close };
}
async function listening(server, { host, port }) {
    await new Promise((ready, failed) => {
        server.once('error', (cause) => failed(new errors_1.WattbanditError('unavailable', `Cannot listen on ${host}, port ${port}: ${cause.message}.`, { cause })));
        server.listen(port, host, ready);
    });
}
//# sourceMappingURL=codecServer.js.map