"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.tryLock = tryLock;
exports.lockSoon = lockSoon;
exports.loadFlock = loadFlock;
/**
 * The kernel's lock on a file. It ends with the process that took it, however that ends: no stale locks, no guessing from
 * process ids. Node has no `flock`; koffi calls libc's. (fs-ext has it too, but compiles at every install, and koffi is here
 * for NVML anyhow.)
 */
const promises_1 = require("node:fs/promises");
const promises_2 = require("node:timers/promises");
const errors_1 = require("./errors");
/** The operations of flock(2) are the same on Linux and macOS. Who only looks need not write, nor leave a file. */
const modes = {
    shared: { operation: 1 | 4, flags: promises_1.constants.O_RDONLY },
    exclusive: { operation: 2 | 4, flags: promises_1.constants.O_RDWR | promises_1.constants.O_CREAT },
};
/** @returns the open, locked file, or undefined while another holds it. Closing the file gives the lock back. */
async function tryLock(path, mode = 'exclusive') {
    const flock = await loadFlock();
    let file;
    try {
        file = await (0, promises_1.open)(path, modes[mode].flags, 0o660);
        if (flock(file.fd, modes[mode].operation))
            return file;
    }
    catch (error) {
        await file?.close();
        throw new Error(`Cannot lock ${path}: ${(0, errors_1.reasonOf)(error)}`, { cause: error });
    }
    await file.close();
    return undefined;
}
/** Not at once refused: a look at the lock, or a sentinel that puts the limit back, takes it for a moment. */
async function lockSoon(path) {
    for (const waitMs of [10, 20, 40, 80]) {
        const lock = await tryLock(path);
        if (lock !== undefined)
            return lock;
        await (0, promises_2.setTimeout)(waitMs);
    }
    return undefined;
}
let loaded;
/** Called early by who must not depend on files any more when it counts: an upgrade replaces them. */
function loadFlock() {
    loaded ??= bindFlock();
    return loaded;
}
async function bindFlock() {
    const { default: koffi } = await import('koffi').catch((error) => {
        throw new Error('Cannot hold GPUs: koffi is not installed; run npm install koffi.', { cause: error });
    });
    if (process.platform === 'win32')
        throw new Error('Cannot hold GPUs on Windows: it has no flock; use Linux.');
    const { EWOULDBLOCK, EINTR } = koffi.os.errno;
    const flock = koffi
        .load(null)
        .func('int flock(int descriptor, int operation)');
    return (descriptor, operation) => {
        for (;;) {
            if (flock(descriptor, operation) === 0)
                return true;
            const errno = koffi.errno();
            if (errno === EWOULDBLOCK)
                return false;
            if (errno !== EINTR)
                throw new Error(`flock fails with error ${errno}; does its file system have locks?`);
        }
    };
}
//# sourceMappingURL=flock.js.map