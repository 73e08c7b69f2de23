"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.followRun = followRun;
exports.holdLimit = holdLimit;
/** Follows a run to its end: reads the meter at each event, holds the limits that the follower wants, probes when it may. */
const activity_1 = require("@temporalio/activity");
const probe_1 = require("./probe");
const nowSeconds = () => performance.now() / 1000;
async function followRun(underWay) {
    const { follower, meter, lost } = underWay;
    follower.measureBy(meter.energy);
    try {
        const ended = await followUntilStopped(underWay, AbortSignal.any([(0, activity_1.cancellationSignal)(), lost]));
        return { ...ended, ending: follower.remarked(ended.ending) };
    }
    finally {
        meter.watch(false);
    }
}
async function followUntilStopped(underWay, signal) {
    const { run, follower, meter } = underWay;
    let reading = { epochs: 0, seconds: 0, joules: 0 };
    try {
        await holdLimit(underWay, reading);
        for (let probing = true;;) {
            meter.watch(follower.isProfiling);
            const event = await unlessAborted(signal, () => run.next());
            const condition = follower.isProfiling ? await meter.condition() : undefined;
            reading = { ...(await readingAt(event, underWay, reading)), epochs: epochsAfter(event, reading) };
            const ending = follower.see(event, reading, condition);
            if (ending !== undefined)
                return { ending, reading };
            await holdLimit(underWay, reading);
            if (probing)
                probing = !(await unlessAborted(signal, () => probeOnce(underWay, reading)));
        }
    }
    catch (error) {
        // Somebody cancelled the recurrence. A worker that shuts down is no such thing: another one trains on.
        if (!signal.aborted || !(0, activity_1.cancellationDetails)()?.cancelRequested)
            throw error;
        return { ending: { outcome: 'operator', reachedEpochLimit: false }, reading };
    }
}
/** Where it was at the event; what is read late must not make it shrink. */
async function readingAt({ atSeconds }, { run, meter }, before) {
    const joules = await meter.joulesAt(run.beganAtSeconds === undefined ? nowSeconds() : run.beganAtSeconds + atSeconds);
    return { seconds: atSeconds, joules: Math.max(before.joules, joules) };
}
/** A limit that turns out to be another one is followed by the next; each time there is one fewer. */
async function holdLimit({ run, follower, power }, reading) {
    for (let wanted; follower.mayBeSet && wanted !== follower.limitWatts;) {
        wanted = follower.limitWatts;
        const set = await power.setPowerLimit(wanted);
        follower.held(set, run.beganAtSeconds === undefined ? reading.seconds : nowSeconds() - run.beganAtSeconds);
    }
}
/** A trainer may report whole epochs only, and one that resumes from a checkpoint reports some twice. */
function epochsAfter(event, { epochs }) {
    switch (event.kind) {
        case 'progress':
            return Math.max(epochs, event.epochs);
        case 'epoch':
            return Math.max(epochs, event.epoch);
        case 'failed':
            return epochs;
    }
}
/** Probes as soon as the run's own speed is known. Answers whether it did. */
async function probeOnce({ run, follower, meter, decision, gpus }, reading) {
    const running = follower.runningAt(reading);
    if (running === undefined)
        return false;
    const probed = await (0, probe_1.probeOthers)({ run, meter, running, decision, gpus });
    const seconds = probed.reduce((sum, probe) => sum + probe.seconds, reading.seconds);
    if (probed.length > 0)
        follower.notice(probed, { ...reading, seconds, joules: await meter.joules() });
    return true;
}
/** Not a race with `cancelled()`: over a long run, that promise would gather a reaction for every event. */
function unlessAborted(signal, work) {
    return new Promise((resolve, reject) => {
        const cancel = () => reject(signal.reason);
        if (signal.aborted)
            return cancel();
        signal.addEventListener('abort', cancel);
        work()
            .then(resolve, reject)
            .finally(() => signal.removeEventListener('abort', cancel));
    });
}
//# sourceMappingURL=followRun.js.map