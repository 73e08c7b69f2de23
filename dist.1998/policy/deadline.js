"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.etaForDeadline = etaForDeadline;
/**
 * The slow-down that no run may exceed: one value of progress for all that is left of the run, the least with which it still ends
 * in time. Asked again in every slot, it never ends late, since what it puts off it can still do at full speed.
 */
const gridWeight_1 = require("./gridWeight");
const bisections = 50;
/** η for the first of `slots`, which together are the time left. `workSeconds` is what is left to do, in seconds at full speed. */
function etaForDeadline(run, workSeconds, slots) {
    const [first] = slots;
    const leftSeconds = slots.reduce((sum, { seconds }) => sum + seconds, 0);
    if (first === undefined || workSeconds >= leftSeconds)
        return 0;
    const fastest = run.profile.reduce((least, at) => Math.min(least, at.secondsPerEpoch), Infinity);
    const etaIn = (slot, value) => (0, gridWeight_1.etaForValue)(run, value / slot.signal);
    const doneSeconds = (value) => slots.reduce((sum, slot) => sum + (slot.seconds * fastest) / (0, gridWeight_1.limitAt)(run, etaIn(slot, value)).secondsPerEpoch, 0);
    if (doneSeconds(0) >= workSeconds)
        return 1;
    let low = 0;
    let high = valueOfFullSpeed(run) * Math.max(...slots.map(({ signal }) => signal));
    for (let step = 0; step < bisections; step++) {
        const middle = (low + high) / 2;
        if (doneSeconds(middle) >= workSeconds)
            high = middle;
        else
            low = middle;
    }
    return doneSeconds(high) >= workSeconds ? etaIn(first, high) : 0;
}
/** Joules an epoch must be worth, at least, for the fastest limit to be the best. */
function valueOfFullSpeed({ profile }) {
    const top = profile.reduce((best, at) => (at.secondsPerEpoch < best.secondsPerEpoch ? at : best));
    const epochsPerSecond = 1 / top.secondsPerEpoch;
    return profile.reduce((most, at) => {
        const slower = epochsPerSecond - 1 / at.secondsPerEpoch;
        return slower > 0 ? Math.max(most, (top.averageWatts - at.averageWatts) / slower) : most;
    }, 0);
}
//# sourceMappingURL=deadline.js.map