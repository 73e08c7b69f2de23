"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.cornersOf = cornersOf;
exports.wattsAtSpeed = wattsAtSpeed;
exports.playCapped = playCapped;
exports.longestHours = longestHours;
/** The best constant power of a slow-down: a cap, or two neighbouring ones in turn. */
const carbonRun_1 = require("./carbonRun");
/** Lower convex hull of power over speed, the slowest first: between two corners one lets the two limits take turns. */
function cornersOf(curve) {
    const corners = [];
    for (const at of curve.profile) {
        const next = { speed: (0, carbonRun_1.speedOf)(curve, at), watts: at.averageWatts };
        // A higher limit that is no faster draws no less.
        if (next.speed <= (corners.at(-1)?.speed ?? 0))
            continue;
        while (isAbove(corners.at(-2), corners.at(-1), next))
            corners.pop();
        corners.push(next);
    }
    return corners;
}
function isAbove(left, middle, right) {
    if (left === undefined || middle === undefined)
        return false;
    return ((middle.watts - left.watts) * (right.speed - left.speed) >= (right.watts - left.watts) * (middle.speed - left.speed));
}
function wattsAtSpeed(corners, speed) {
    const above = corners.find((corner) => corner.speed >= speed) ?? corners.at(-1);
    const below = corners.findLast((corner) => corner.speed <= speed) ?? corners[0];
    if (above === undefined || below === undefined)
        throw new Error('Cannot find a power: the curve has no limits.');
    if (above.speed <= below.speed)
        return above.watts;
    const share = (speed - below.speed) / (above.speed - below.speed);
    return below.watts + share * (above.watts - below.watts);
}
/** Every run exactly this much slower. */
function playCapped(ground, starts, slowdown) {
    const averageWatts = wattsAtSpeed(cornersOf(ground.curve), 1 / (1 + slowdown));
    const limit = {
        ...(0, carbonRun_1.top)(ground.curve),
        averageWatts,
        secondsPerEpoch: (0, carbonRun_1.top)(ground.curve).secondsPerEpoch * (1 + slowdown),
    };
    return starts.map((start) => (0, carbonRun_1.playRun)(ground, start, () => limit));
}
/** The longest that a run may take here, in hours. */
function longestHours(curve) {
    return carbonRun_1.workHours / Math.min(...curve.profile.map((at) => (0, carbonRun_1.speedOf)(curve, at)));
}
//# sourceMappingURL=carbonCaps.js.map