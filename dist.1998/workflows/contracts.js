"use strict";
var __importDefault = (this && this.__importDefault) || function (mod) {
    return (mod && mod.__esModule) ? mod : { "default": mod };
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.failureTypes = exports.jobSpecSchema = exports.jobIdPattern = exports.trustRegions = exports.overlapPolicies = exports.durationSeconds = void 0;
/**
 * What crosses a boundary: the job specification, its validation, and the closed list of failure types.
 * Workflows import this file as types only, so that zod stays out of their bundle.
 */
const cron_parser_1 = require("cron-parser");
const ms_1 = __importDefault(require("ms"));
const zod_1 = require("zod");
const gridWeight_1 = require("../policy/gridWeight");
const signals_1 = require("../policy/signals");
const aDuration = 'must be a duration such as 90s, 10m or 1h';
/** Longer than any schedule or run, and short enough for every clock that has to hold it. */
const longestSeconds = 366 * 86_400;
/** A duration as people write it (`90s`, `10m`, `1h`), or a number of seconds; always seconds once parsed. */
exports.durationSeconds = durationAtLeast(0);
function durationAtLeast(seconds) {
    return zod_1.z.union([zod_1.z.string(), zod_1.z.number()], { error: aDuration }).transform((value, context) => {
        const milliseconds = typeof value === 'number' ? value * 1000 : (0, ms_1.default)(value);
        const given = Number.isFinite(milliseconds) ? milliseconds / 1000 : undefined;
        if (given !== undefined && given >= seconds && given <= longestSeconds)
            return given;
        const message = given === undefined ? aDuration : `must be from ${seconds}s to ${longestSeconds / 86_400}d`;
        context.addIssue({ code: 'custom', message });
        return zod_1.z.NEVER;
    });
}
function isCron(expression) {
    try {
        return cron_parser_1.CronExpressionParser.parse(expression).hasNext();
    }
    catch {
        return false;
    }
}
function isTimeZone(name) {
    try {
        return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
    }
    catch {
        return false;
    }
}
const batchSize = zod_1.z.int().positive();
/** Overlap rules of a Temporal Schedule, by the names that people type. */
exports.overlapPolicies = ['skip', 'bufferOne', 'bufferAll', 'cancelOther', 'terminateOther', 'allowAll'];
const schedule = zod_1.z
    .strictObject({
    every: durationAtLeast(1).optional(),
    offset: exports.durationSeconds.default(0),
    cron: zod_1.z.string().refine(isCron, 'must be a cron expression such as 30 2 * * *').optional(),
    timeZone: zod_1.z.string().refine(isTimeZone, 'must be a time zone such as UTC or Europe/Berlin').default('UTC'),
    overlap: zod_1.z.enum(exports.overlapPolicies).default('skip'),
    catchupWindow: exports.durationSeconds.default(600),
    jitter: exports.durationSeconds.default(0),
})
    .transform((value) => (value.every === undefined && value.cron === undefined ? { ...value, every: 3600 } : value))
    .refine((value) => value.every === undefined || value.cron === undefined, {
    path: ['cron'],
    message: 'give either every or cron, not both',
});
/** How much the policy dares: how far from proven batch sizes it tries others, in doublings (1, 2, no bound). */
exports.trustRegions = ['cautious', 'standard', 'aggressive'];
const policy = zod_1.z.discriminatedUnion('name', [
    zod_1.z.strictObject({
        name: zod_1.z.literal('wattbandit'),
        trustRegion: zod_1.z.enum(exports.trustRegions).default('standard'),
    }),
    zod_1.z.strictObject({
        name: zod_1.z.literal('zeus'),
        beta: zod_1.z.number().min(1).default(2),
        pruningRounds: zod_1.z.int().min(1).default(2),
        window: zod_1.z.int().min(1).max(500).default(100),
    }),
]);
const objective = zod_1.z.strictObject({
    eta: zod_1.z.number().min(0).max(1).default(0.5),
    maxSlowdown: zod_1.z.number().min(1).optional(),
    deadline: durationAtLeast(1).optional(),
});
const carbon = zod_1.z
    .strictObject({
    /** How η follows the signal of the worker's grid; `chase` and `static` are there to compare with. */
    policy: zod_1.z.enum(gridWeight_1.gridPolicies).default('wattbandit'),
    /** A mean slow-down over the recurrences to hold, above maximum power: 0.025 is 2.5 %. Without it, η alone rules. */
    slowdown: zod_1.z.number().min(0).max(1).optional(),
    /** No single run may exceed the slow-down. */
    strict: zod_1.z.boolean().default(false),
    /** A reading older than this says nothing about now. */
    staleAfter: durationAtLeast(60).default(signals_1.usualStaleAfterSeconds),
})
    .refine(({ strict, slowdown }) => !strict || slowdown !== undefined, {
    path: ['strict'],
    message: 'needs slowdown: how much slower no run may be',
});
const target = zod_1.z.strictObject({
    metric: zod_1.z.string().min(1),
    value: zod_1.z.number(),
    direction: zod_1.z.enum(['atLeast', 'atMost']).default('atLeast'),
});
/** A job id becomes part of workflow and schedule ids, file names and metric labels. */
exports.jobIdPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
/** A job file. Unknown keys are errors; every default is written here and nowhere else. */
exports.jobSpecSchema = zod_1.z
    .strictObject({
    version: zod_1.z.literal(1),
    job: zod_1.z
        .string()
        .regex(exports.jobIdPattern, 'must be 1 to 100 letters, digits, dots, dashes or underscores, and begin with a letter or digit'),
    batchSizes: zod_1.z
        .array(batchSize)
        .min(1)
        .max(64)
        .refine((sizes) => new Set(sizes).size === sizes.length, 'must not list a batch size twice')
        .transform((sizes) => sizes.toSorted((a, b) => a - b)),
    defaultBatchSize: batchSize,
    maxEpochs: zod_1.z.int().positive(),
    target,
    objective: objective.prefault({}),
    /** Speed and energy are weighed by the grid while the job trains. Absent: by η alone. */
    carbon: carbon.optional(),
    policy: policy.prefault({ name: 'wattbandit' }),
    schedule: schedule.prefault({}),
    gpus: zod_1.z
        .strictObject({
        /** On each host. */
        count: zod_1.z.int().min(1).max(64).default(1),
        hosts: zod_1.z.int().min(1).max(64).default(1),
    })
        .prefault({}),
    /** Handed to the worker's trainer as it is; `kind` names the trainer that must run it. */
    trainer: zod_1.z.looseObject({ kind: zod_1.z.string().min(1) }),
    /** Runs that one recurrence may take until one converges. */
    attempts: zod_1.z.int().min(1).max(20).default(3),
    /** A host that gives no sign of life for so long has lost the run, and gives it up itself if it cannot reach the server. */
    heartbeatTimeout: durationAtLeast(5).default(60),
    /** A decision whose run is never reported is forgotten after this time. */
    lease: durationAtLeast(1).default(86_400),
})
    .refine((spec) => spec.batchSizes.includes(spec.defaultBatchSize), {
    path: ['defaultBatchSize'],
    message: 'must be one of batchSizes',
});
/** Failure types of activities and updates that no retry can mend. The list is closed. */
exports.failureTypes = {
    /** The job specification does not fit the host, the trainer or the policy: fix the request. */
    invalidRequest: 'InvalidRequest',
    /** No GPU of this host can run the job: fix the host. */
    unsuitableHost: 'UnsuitableHost',
    /** A message about a decision that was never made, or is shaped wrongly. */
    invalidMessage: 'InvalidMessage',
};
//# sourceMappingURL=contracts.js.map