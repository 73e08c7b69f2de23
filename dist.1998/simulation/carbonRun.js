"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.workHours = void 0;
exports.top = top;
exports.speedOf = speedOf;
exports.gramsAt = gramsAt;
exports.playRun = playRun;
exports.slowdownOf = slowdownOf;
const error_1 = require("./error");
/** What a run is when it goes at the highest limit throughout; 24 hours is the protocol. */
exports.workHours = 24;
function top({ profile }) {
    const highest = profile.at(-1);
    if (highest === undefined)
        throw new Error('Cannot play a curve without limits.');
    return highest;
}
/** Work of an hour at this limit, in hours at the highest one. */
function speedOf(curve, { secondsPerEpoch }) {
    return top(curve).secondsPerEpoch / secondsPerEpoch;
}
function gramsAt({ gramsPerKwh }, hour) {
    const grams = gramsPerKwh[hour];
    if (grams !== undefined)
        return grams;
    throw new error_1.SimulationError(`Cannot play hour ${hour}: the carbon intensities end after ${gramsPerKwh.length}.`);
}
/** Whole hours from `start` on, the last one in part. */
function playRun(ground, start, choose) {
    const fastest = top(ground.curve).secondsPerEpoch;
    let [workLeft, hours, grams] = [exports.workHours, 0, 0];
    while (workLeft > 1e-9) {
        const { averageWatts, secondsPerEpoch } = choose(start + hours, workLeft, hours);
        const speed = fastest / secondsPerEpoch;
        const spent = Math.min(1, workLeft / speed);
        grams += ((averageWatts * spent) / 1000) * gramsAt(ground, start + Math.floor(hours));
        workLeft -= spent * speed;
        hours += spent;
    }
    return { hours, grams };
}
function slowdownOf({ hours }) {
    return hours / exports.workHours - 1;
}
//# sourceMappingURL=carbonRun.js.map