"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.failureForSource = failureForSource;
/** Source errors in Temporal's terms: what waiting may mend is tried again, the rest is not. */
const common_1 = require("@temporalio/common");
const contracts_1 = require("../../workflows/contracts");
const error_1 = require("./error");
/** @throws ApplicationFailure instead of a SourceError that lasts: `UnsuitableHost` for credentials, else `InvalidRequest` */
async function failureForSource(work) {
    try {
        return await work();
    }
    catch (error) {
        if (!(error instanceof error_1.SourceError) || (0, error_1.mayPass)(error))
            throw error;
        const type = error.kind === 'forbidden' ? contracts_1.failureTypes.unsuitableHost : contracts_1.failureTypes.invalidRequest;
        throw common_1.ApplicationFailure.create({ message: error.message, type, nonRetryable: true });
    }
}
//# sourceMappingURL=failure.js.map