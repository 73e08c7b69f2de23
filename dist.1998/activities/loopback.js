"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.isLoopback = isLoopback;
/** Whether a name or an address means this computer, so that what is said to it crosses no network. */
const node_net_1 = require("node:net");
const loopback = new node_net_1.BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');
/** Of other names only DNS knows where they lead, and it may change its mind; `0`, `127.1` and their like count as names. */
function isLoopback(host) {
    const family = (0, node_net_1.isIP)(host);
    if (family === 0)
        return host.toLowerCase() === 'localhost';
    return loopback.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
//# sourceMappingURL=loopback.js.map