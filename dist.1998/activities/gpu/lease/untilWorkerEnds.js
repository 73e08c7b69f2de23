"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.untilWorkerEnds = untilWorkerEnds;
/** The sentinel's ear: waits until the worker is done, is gone, or has been silent for too long and is killed. */
const host_1 = require("./host");
const orders_1 = require("./orders");
/** Counted, not measured: when the whole host was paused, the worker deserves the time to speak. */
const ticksOfSilence = 4;
function untilWorkerEnds(orders) {
    return new Promise((resolve) => {
        let ticks = 0;
        const ticking = setInterval(() => {
            ticks += 1;
            if (ticks > ticksOfSilence)
                void killWorker(orders).then(() => end('gone'));
        }, (orders.hungAfterSeconds * 1000) / ticksOfSilence);
        const end = (how) => {
            clearInterval(ticking);
            resolve(how);
        };
        let heard = '';
        process.stdin.on('data', (chunk) => {
            ticks = 0;
            heard = (heard + chunk.toString()).slice(-orders_1.lines.done.length);
            if (heard === orders_1.lines.done)
                end('done');
        });
        process.stdin.once('error', () => end('gone'));
        process.stdin.once('close', () => end('gone'));
        process.stdin.once('end', () => end('gone'));
    });
}
/** Its process id may have been given to another since; when it started tells them apart. */
async function killWorker({ workerPid, workerStartedAt }) {
    if ((await (0, host_1.startOf)(workerPid)) !== workerStartedAt)
        return;
    try {
        process.kill(workerPid, 'SIGKILL');
    }
    catch {
        // Gone by itself.
    }
}
//# sourceMappingURL=untilWorkerEnds.js.map