"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.leaveOutShared = leaveOutShared;
const errors_1 = require("./lease/errors");
const report_1 = require("./report");
/**
 * The same holder, for which a GPU that others compute on is as taken as one that a run holds: it is waited for, and never
 * costs a run its host.
 */
function leaveOutShared(holder, driver) {
    const { describe } = driver;
    // A driver of the user's own may not know.
    if (describe === undefined)
        return holder;
    return {
        async held() {
            const [held, reports] = await Promise.all([holder.held(), describe()]);
            const shared = reports.filter((report) => (0, report_1.sharedBecause)(report) !== undefined);
            return new Set([...held, ...shared.map(({ uuid }) => uuid)]);
        },
        hold: (holding, work) => holder.hold(holding, async (power) => {
            // Whoever computes on a GPU that this run alone holds is not of ours.
            for (const report of await describe()) {
                const wanted = holding.gpuUuids.includes(report.uuid);
                if (wanted && (0, report_1.sharedBecause)(report) !== undefined)
                    throw new errors_1.GpuBusy(report.uuid, 'a program of others');
            }
            return work(power);
        }),
    };
}
//# sourceMappingURL=leaveOutShared.js.map