"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createObeyActivities = createObeyActivities;
/** Carries the operator's word to a run that trains in this process. */
const common_1 = require("@temporalio/common");
/** Long before anybody wonders why nothing happened. */
const lookAgainMs = 250;
function createObeyActivities({ underWay }) {
    return {
        /** False where an administrator of the host moved the limit, who is not contradicted. */
        async obeyRun(key, orders) {
            const run = underWay.find(key);
            if (run === undefined) {
                // It is on its way here, or in another process of this host.
                throw common_1.ApplicationFailure.create({ message: 'The run does not train here.', nextRetryDelay: lookAgainMs });
            }
            return run.obey(orders);
        },
    };
}
//# sourceMappingURL=obey.js.map