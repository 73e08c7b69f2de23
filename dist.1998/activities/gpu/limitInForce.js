"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.selectableFor = selectableFor;
/** Which of the selectable limits stands for the one that is really in force: a site's policy clamps, drivers round. */
const limits_1 = require("./lease/limits");
/** The one nearest to `inForceWatts` that would be clamped to it as well: asking for it again brings the same limit back. */
function selectableFor(wantedWatts, inForceWatts, selectable) {
    if ((0, limits_1.isNear)(wantedWatts, inForceWatts))
        return wantedWatts;
    const [low, high] = [Math.min(wantedWatts, inForceWatts), Math.max(wantedWatts, inForceWatts)];
    const same = selectable.filter((watts) => (watts > low && watts < high) || (0, limits_1.isNear)(watts, inForceWatts));
    return inForceWatts < wantedWatts ? Math.min(wantedWatts, ...same) : Math.max(wantedWatts, ...same);
}
//# sourceMappingURL=limitInForce.js.map