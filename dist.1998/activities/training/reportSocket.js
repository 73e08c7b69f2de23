"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.openReportSocket = openReportSocket;
/**
 * A second door for reports, a Unix socket: launchers such as torchrun start the trainer without passing descriptors on.
 * Lines go in, requests come out of the same connection.
 */
const node_events_1 = require("node:events");
const promises_1 = require("node:fs/promises");
const node_net_1 = require("node:net");
const node_os_1 = require("node:os");
const node_path_1 = require("node:path");
/** The processes of a run that may speak at once; one is usual. */
const mostConnections = 16;
/** In a directory that only this user can enter, with a short name: the system allows about a hundred characters. */
async function openReportSocket() {
    const directory = await (0, promises_1.mkdtemp)((0, node_path_1.join)((0, node_os_1.tmpdir)(), 'wattbandit-'));
    const path = (0, node_path_1.join)(directory, 'report');
    const server = (0, node_net_1.createServer)();
    server.maxConnections = mostConnections;
    const close = async () => {
        server.close();
        await (0, promises_1.rm)(directory, { recursive: true, force: true });
    };
    try {
        await (0, node_events_1.once)(server.listen(path), 'listening');
        return { path, server, close };
    }
    catch (error) {
        await close();
        throw error;
    }
}
//# sourceMappingURL=reportSocket.js.map