"use strict";
var __importDefault = (this && this.__importDefault) || function (mod) {
    return (mod && mod.__esModule) ? mod : { "default": mod };
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.textIn = textIn;
exports.writeText = writeText;
/** Values that the kernel shows and takes as small files. */
const node_fs_1 = require("node:fs");
const promises_1 = require("node:fs/promises");
const node_path_1 = __importDefault(require("node:path"));
const error_1 = require("./error");
/** Undefined where the file is missing or says nothing readable. */
async function textIn(directory, name) {
    try {
        return (await (0, promises_1.readFile)(node_path_1.default.join(directory, name), 'utf8')).trim();
    }
    catch {
        return undefined;
    }
}
/** Never makes a file: only the kernel makes such files. */
async function writeText(file, text) {
    try {
        await (0, promises_1.writeFile)(file, text, { flag: node_fs_1.constants.O_WRONLY | node_fs_1.constants.O_TRUNC });
    }
    catch (cause) {
        throw writeFailureFor(file, cause);
    }
}
function writeFailureFor(file, cause) {
    const code = (0, error_1.codeOf)(cause);
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
        const remedy = 'run the worker as root, mount /sys writable in its container, or open the file to its group by a udev rule';
        return new error_1.GpuError('forbidden', `this process may not write ${file}; ${remedy}`, { cause });
    }
    if (code === 'EINVAL')
        return new error_1.GpuError('outOfRange', 'the kernel calls it invalid; choose another limit', { cause });
    return new error_1.GpuError('unavailable', `${file} was not written (${(0, error_1.messageOf)(cause)}); see the kernel log`, { cause });
}
//# sourceMappingURL=sysfs.js.map