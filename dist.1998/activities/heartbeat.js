"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.whileBeating = whileBeating;
exports.whileServerReachable = whileServerReachable;
/** Signs of life of an activity: to the server while it works, and from the server, without which its work is in vain. */
const activity_1 = require("@temporalio/activity");
/** Also while there is nothing new: a cancellation arrives with a heartbeat. */
const beatEveryMs = 1000;
async function whileBeating(details, work) {
    const beating = setInterval(() => (0, activity_1.heartbeat)(details()), beatEveryMs);
    try {
        return await work();
    }
    finally {
        clearInterval(beating);
    }
}
/** Of the heartbeat timeout: the attempt must have ended here before the next one may begin elsewhere. */
const patience = 0.8;
const looksPerTimeout = 5;
/**
 * Runs `work` with a signal that is aborted once the server has been out of reach for so long that it takes this attempt for
 * dead: an activity is not told so, for its cancellation would come from there too.
 */
async function whileServerReachable(work) {
    const lost = new AbortController();
    const { heartbeatTimeoutMs } = (0, activity_1.activityInfo)();
    if (heartbeatTimeoutMs === undefined)
        return work(lost.signal);
    const client = (0, activity_1.getClient)();
    let reachedAt = performance.now();
    const look = async () => {
        const beganAt = performance.now();
        try {
            const deadline = Date.now() + heartbeatTimeoutMs / 2;
            await client.connection.withDeadline(deadline, () => client.workflowService.getSystemInfo({}));
            reachedAt = beganAt;
        }
        catch (error) {
            const silentMs = performance.now() - reachedAt;
            if (silentMs < patience * heartbeatTimeoutMs)
                return;
            lost.abort(new Error(`the server has been out of reach for ${Math.round(silentMs / 1000)} s`, { cause: error }));
        }
    };
    const looking = setInterval(() => void look(), heartbeatTimeoutMs / looksPerTimeout);
    try {
        return await work(lost.signal);
    }
    finally {
        clearInterval(looking);
    }
}
//# sourceMappingURL=heartbeat.js.map