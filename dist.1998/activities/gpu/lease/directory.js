"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.defaultLeaseDirectory = defaultLeaseDirectory;
exports.openLeaseDirectory = openLeaseDirectory;
exports.isOpenToOthers = isOpenToOthers;
/**
 * Where leases lie: one path for all workers of a host, or they would not see each other's locks.
 *
 * `/run/wattbandit` where this user may write: of all users, and empty after a boot, as the limits are. An administrator who
 * wants several unprivileged users to share GPUs creates it for their group. Else `/var/tmp/wattbandit-<user id>`: not
 * XDG_RUNTIME_DIR, which goes at logout while a worker may stay; not /tmp, which services often have to themselves.
 */
const promises_1 = require("node:fs/promises");
const node_path_1 = require("node:path");
const shared = '/run/wattbandit';
async function defaultLeaseDirectory() {
    const chosen = process.env['WATTBANDIT_LEASES'];
    if (chosen)
        return (0, node_path_1.resolve)(chosen);
    const user = userId();
    if (process.platform === 'linux' && (user === 0 || (await isWritable(shared))))
        return shared;
    return (0, node_path_1.join)('/var/tmp', `wattbandit-${user}`);
}
/** @throws if others may write there: a planted journal would set power limits with this worker's privileges */
async function openLeaseDirectory(given) {
    const path = given === undefined ? await defaultLeaseDirectory() : (0, node_path_1.resolve)(given);
    await (0, promises_1.mkdir)(path, { recursive: true, mode: 0o770 });
    if (isOpenToOthers(await (0, promises_1.stat)(path))) {
        throw new Error(`Cannot keep leases in ${path}: others may write there; chown it to root or this user and chmod o-w.`);
    }
    return path;
}
function isOpenToOthers({ mode, uid }) {
    return (mode & othersMayWrite) !== 0 || (uid !== 0 && uid !== userId());
}
const othersMayWrite = 0o002;
function userId() {
    return process.getuid?.() ?? 0;
}
function isWritable(path) {
    return (0, promises_1.access)(path, promises_1.constants.W_OK).then(() => true, () => false);
}
//# sourceMappingURL=directory.js.map