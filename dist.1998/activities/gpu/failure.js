"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.failureForGpus = failureForGpus;
/** GPU errors in Temporal's terms: what waiting may mend is tried again, the rest is not. */
const common_1 = require("@temporalio/common");
const contracts_1 = require("../../workflows/contracts");
const error_1 = require("./error");
const passing = ['lost', 'unavailable'];
/** @throws ApplicationFailure `UnsuitableHost` instead of a GpuError that lasts */
async function failureForGpus(work) {
    try {
        return await work();
    }
    catch (error) {
        if (!(error instanceof error_1.GpuError) || passing.includes(error.kind))
            throw error;
        throw common_1.ApplicationFailure.create({
            message: error.message,
            type: contracts_1.failureTypes.unsuitableHost,
            nonRetryable: true,
            cause: error,
        });
    }
}
//# sourceMappingURL=failure.js.map