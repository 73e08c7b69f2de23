"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.processSettingsSchema = void 0;
exports.processSettingsFor = processSettingsFor;
exports.commandFor = commandFor;
exports.invalidRequest = invalidRequest;
/** The section `trainer` of a job file for `kind: process`, and its command with the run's values put in. */
const common_1 = require("@temporalio/common");
const zod_1 = require("zod");
const contracts_1 = require("../../workflows/contracts");
/** Line ends have no honest use in an argument, and forge log lines; NUL ends a string of the system early. */
const argument = zod_1.z.string().regex(/^[^\0\r\n]*$/, 'must not contain line ends or NUL');
/** These speak for wattbandit or give access to Temporal. */
const reserved = /^(WATTBANDIT_|TEMPORAL_|CUDA_VISIBLE_DEVICES$)/;
exports.processSettingsSchema = zod_1.z.strictObject({
    kind: zod_1.z.literal('process'),
    /** Program and arguments; there is no shell. `${WATTBANDIT_…}` as a whole argument is replaced by that variable. */
    command: zod_1.z.array(argument).min(1),
    /** Where the trainer runs; relative to the worker's directory. */
    cwd: argument.min(1).default('.'),
    /** Names of variables that the trainer gets from the worker's environment, besides the usual few. */
    env: zod_1.z
        .array(zod_1.z
        .string()
        .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of a variable')
        .refine((name) => !reserved.test(name), 'is not for a trainer'))
        .default([]),
    /** How long the trainer may take to save and end once it is told to. */
    grace: contracts_1.durationSeconds.default(30),
    /** Without a report for this long, the trainer hangs. */
    silence: contracts_1.durationSeconds.default(600).refine((seconds) => seconds > 0, 'must be longer than 0s'),
});
/** @throws ApplicationFailure `InvalidRequest` that names every fault */
function processSettingsFor({ job, trainer }) {
    const { data, error } = exports.processSettingsSchema.safeParse(trainer);
    if (data !== undefined)
        return data;
    const faults = error.issues.map(({ path, message }) => `trainer.${path.join('.')}: ${message}`);
    throw invalidRequest(`Cannot train job ${job}: ${faults.join('; ')}; mend the job file.`);
}
/** @throws ApplicationFailure `InvalidRequest` for a placeholder that is unknown or only a part of an argument */
function commandFor(job, { command }, variables) {
    return command.map((part) => {
        if (!part.includes('${WATTBANDIT_'))
            return part;
        const value = Object.entries(variables).find(([name]) => part === `\${${name}}`)?.[1];
        if (value !== undefined)
            return value;
        const known = Object.keys(variables).join(', ');
        throw invalidRequest(`Cannot train job ${job}: argument ${part} of trainer.command must be one of these in \${} and nothing else: ${known}.`);
    });
}
function invalidRequest(message, cause) {
    return common_1.ApplicationFailure.create({ message, cause, type: contracts_1.failureTypes.invalidRequest, nonRetryable: true });
}
//# sourceMappingURL=processSettings.js.map