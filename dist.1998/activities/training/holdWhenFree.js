"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.holdWhenFree = holdWhenFree;
/** GPUs that somebody else holds for a moment: an earlier attempt that has not noticed that it was given up, for instance. */
const activity_1 = require("@temporalio/activity");
const errors_1 = require("../gpu/lease/errors");
const lookEveryMs = 500;
/** @throws GpuBusy after `patienceMs`; waits for as long as it takes unless given */
async function holdWhenFree(holder, holding, work, patienceMs = Infinity) {
    const deadline = Date.now() + patienceMs;
    for (;;) {
        try {
            return await holder.hold(holding, work);
        }
        catch (error) {
            if (!(error instanceof errors_1.GpuBusy) || Date.now() > deadline)
                throw error;
            await (0, activity_1.sleep)(lookEveryMs);
        }
    }
}
//# sourceMappingURL=holdWhenFree.js.map