"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.exitCodes = void 0;
exports.failureOf = failureOf;
/** What an error means to whoever typed the command: an exit code and a sentence. */
const client_1 = require("@temporalio/client");
const commander_1 = require("commander");
const error_1 = require("../../activities/carbon/error");
const error_2 = require("../../activities/gpu/error");
const error_3 = require("../../simulation/error");
const errors_1 = require("../errors");
exports.exitCodes = {
    done: 0,
    unforeseen: 1,
    usage: 2,
    invalid: 3,
    notFound: 4,
    notAllowed: 5,
    unavailable: 6,
    timedOut: 7,
    checkFailed: 8,
    conflict: 9,
    interrupted: 130,
};
const codeOfRemedy = {
    invalid: exports.exitCodes.invalid,
    notFound: exports.exitCodes.notFound,
    conflict: exports.exitCodes.conflict,
    unavailable: exports.exitCodes.unavailable,
};
/** gRPC status codes that have an exit code of their own. */
const codeOfGrpcStatus = {
    1: exports.exitCodes.timedOut,
    3: exports.exitCodes.invalid,
    4: exports.exitCodes.timedOut,
    5: exports.exitCodes.notFound,
    7: exports.exitCodes.notAllowed,
    9: exports.exitCodes.unavailable,
    14: exports.exitCodes.unavailable,
    16: exports.exitCodes.notAllowed,
};
const codeOfGpuError = {
    outOfRange: exports.exitCodes.invalid,
    absent: exports.exitCodes.notFound,
    forbidden: exports.exitCodes.notAllowed,
    unsupported: exports.exitCodes.notAllowed,
    lost: exports.exitCodes.unavailable,
    unavailable: exports.exitCodes.unavailable,
};
const codeOfSourceError = {
    invalid: exports.exitCodes.invalid,
    unsupported: exports.exitCodes.invalid,
    forbidden: exports.exitCodes.notAllowed,
    unavailable: exports.exitCodes.unavailable,
    unusable: exports.exitCodes.unavailable,
};
function failureOf(error) {
    if (error instanceof commander_1.CommanderError)
        return { code: error.exitCode === 0 ? exports.exitCodes.done : exports.exitCodes.usage, message: '' };
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof errors_1.WattbanditError)
        return { code: codeOfRemedy[error.remedy], message };
    if (error instanceof error_2.GpuError)
        return { code: codeOfGpuError[error.kind], message };
    if (error instanceof error_1.SourceError)
        return { code: codeOfSourceError[error.kind], message };
    if (error instanceof error_3.SimulationError)
        return { code: exports.exitCodes.invalid, message };
    if ((0, client_1.isGrpcServiceError)(error)) {
        const code = codeOfGrpcStatus[error.code] ?? exports.exitCodes.unforeseen;
        // A call that its deadline ended comes back as cancelled, too.
        return { code, message: code === exports.exitCodes.timedOut ? noAnswer : `Temporal refused: ${error.details}` };
    }
    if (error instanceof Error && error.cause !== undefined)
        return behind(message, failureOf(error.cause));
    return { code: exports.exitCodes.unforeseen, message };
}
/** The client wraps gRPC errors; the wrapper says what was tried, the cause what went wrong. */
function behind(message, cause) {
    return { code: cause.code, message: cause.code === exports.exitCodes.unforeseen ? message : `${message}: ${cause.message}` };
}
const whoAnswers = '`wattbandit doctor` tells whether Temporal or the worker is away, `wattbandit worker start` starts a worker';
const noAnswer = `Temporal or the worker did not answer in time; ${whoAnswers}`;
//# sourceMappingURL=failures.js.map