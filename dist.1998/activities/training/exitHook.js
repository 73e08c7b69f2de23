"use strict";
/** The last resort: a worker that ends without stopping its trainers, on an uncaught error say, takes them along. */
Object.defineProperty(exports, "__esModule", { value: true });
exports.killAtExit = killAtExit;
exports.forgetAtExit = forgetAtExit;
const leaders = new Set();
let hooked = false;
/** `pid` leads a process group of its own. */
function killAtExit(pid) {
    leaders.add(pid);
    if (hooked)
        return;
    hooked = true;
    process.once('exit', () => leaders.forEach(killGroup));
}
function forgetAtExit(pid) {
    leaders.delete(pid);
}
function killGroup(pid) {
    try {
        process.kill(-pid, 'SIGKILL');
    }
    catch {
        // It is gone.
    }
}
//# sourceMappingURL=exitHook.js.map