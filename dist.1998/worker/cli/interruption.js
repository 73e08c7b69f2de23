"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.interruption = interruption;
exports.untilAborted = untilAborted;
/** Ctrl-C and its like, for commands that have something to put in order first. */
const failures_1 = require("./failures");
/** Aborted by the first signal, whose name is the reason; a second one ends the process at once. */
function interruption() {
    const controller = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM']) {
        process.on(signal, () => {
            if (controller.signal.aborted)
                process.exit(failures_1.exitCodes.interrupted);
            controller.abort(signal);
        });
    }
    return controller.signal;
}
/** Keeps the process alive until then. */
async function untilAborted(signal) {
    const alive = setInterval(() => { }, 60_000);
    await new Promise((resolve) => {
        if (signal.aborted)
            resolve();
        signal.addEventListener('abort', () => resolve(), { once: true });
    });
    clearInterval(alive);
}
//# sourceMappingURL=interruption.js.map