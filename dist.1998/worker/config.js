"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.workerConfigSchema = void 0;
/** The file that configures a worker. What it becomes is in `hardware.ts`. */
const zod_1 = require("zod");
const sourceDescription_1 = require("../activities/carbon/sourceDescription");
const driverDescription_1 = require("../activities/gpu/lease/driverDescription");
const client_1 = require("./client");
const config_1 = require("./encryption/config");
const watts = zod_1.z.number().positive();
/** Recorded jobs on recorded GPUs: nothing is trained. */
const simulated = zod_1.z.strictObject({
    kind: zod_1.z.literal('simulated'),
    /** GPU model of the recordings, as in `summary_power_<gpu>.csv`. */
    gpu: zod_1.z.string().min(1),
    /** Directory of the recordings; those of Zeus unless given. */
    traces: zod_1.z.string().min(1).optional(),
    count: zod_1.z.int().min(1).max(64).default(1),
    /** Simulated seconds per real second. */
    speed: zod_1.z.number().positive().default(1),
});
/** GPUs that only draw power, for a program that trains without one: a laptop, a test. */
const simulatedDriver = zod_1.z.strictObject({
    kind: zod_1.z.literal('simulated'),
    model: zod_1.z.string().min(1).default('simulated'),
    count: zod_1.z.int().min(1).max(64).default(1),
    powerLimitsWatts: zod_1.z
        .array(watts)
        .min(1)
        .max(12)
        .transform((limits) => [...new Set(limits)].sort((a, b) => a - b))
        .default([100, 125, 150, 175, 200, 225, 250]),
    /** What one draws while a run holds it, where its limit allows it. */
    drawWatts: watts.default(200),
});
const processTrainer = zod_1.z.strictObject({
    kind: zod_1.z.literal('process'),
    /** Where runs keep checkpoints, output and records. */
    directory: zod_1.z.string().min(1).default('.wattbandit/runs'),
    /** What `trainer.cwd` of a job file is relative to. */
    workingDirectory: zod_1.z.string().min(1).optional(),
});
/** GPUs of this host, and programs that train on them. */
const gpus = zod_1.z.strictObject({
    kind: zod_1.z.literal('gpus'),
    driver: zod_1.z
        .discriminatedUnion('kind', [
        zod_1.z.strictObject({ kind: zod_1.z.literal('auto') }),
        simulatedDriver,
        ...driverDescription_1.driverDescriptionSchema.options,
    ])
        .prefault({ kind: 'auto' }),
    /** UUIDs of the GPUs to use; all unless given. */
    only: zod_1.z.array(zod_1.z.string().min(1)).min(1).optional(),
    /** Also GPUs on which programs of others compute. Their energy is then counted as the run's. */
    allowShared: zod_1.z.boolean().default(false),
    /** What the site allows, whatever the hardware takes. */
    limits: zod_1.z
        .strictObject({ minWatts: watts.optional(), maxWatts: watts.optional() })
        .refine(({ minWatts = 0, maxWatts = Infinity }) => minWatts <= maxWatts, {
        path: ['minWatts'],
        message: 'must not be above maxWatts',
    })
        .prefault({}),
    /** Directory of the power leases, one for all workers of the host. */
    leases: zod_1.z.string().min(1).optional(),
    /** A worker whose event loop stands still for so long is killed, and its limits are put back. */
    hungAfterSeconds: zod_1.z.number().min(5).default(60),
    trainer: processTrainer.prefault({ kind: 'process' }),
});
exports.workerConfigSchema = zod_1.z.strictObject({
    version: zod_1.z.literal(1),
    taskQueue: zod_1.z.string().min(1).default(client_1.defaultTaskQueue),
    /** What tells this host from others, its name unless given; must not change while a run is under way. */
    host: zod_1.z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must be letters, digits, dots, dashes or underscores')
        .optional(),
    hardware: zod_1.z.discriminatedUnion('kind', [simulated, gpus]),
    /** Who tells the carbon intensity, or the price, of the grid that this host draws from. */
    carbon: sourceDescription_1.sourceDescriptionSchema.optional(),
    /** Encrypts what Temporal stores. Clients need the same keys. */
    encryption: config_1.encryptionSchema.optional(),
    /** Lets the worker speak without TLS to a Temporal server on another computer. */
    insecurePlaintext: zod_1.z.boolean().default(false),
});
//# sourceMappingURL=config.js.map