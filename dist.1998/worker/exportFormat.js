"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.exportedFacts = exports.exportHeader = exports.powerMeasurement = exports.exportVersion = exports.exportFormat = void 0;
exports.sealed = sealed;
exports.unsealed = unsealed;
exports.jsonOf = jsonOf;
/**
 * The file that `job export` writes and `job import` reads: JSON Lines. The first line names format and version, the last one has
 * the SHA-256 of all before it; in between each line is of one `type`.
 */
const node_crypto_1 = require("node:crypto");
const zod_1 = require("zod");
const facts_1 = require("../policy/facts");
exports.exportFormat = 'wattbandit-export';
exports.exportVersion = 1;
const name = zod_1.z.string().min(1).max(100);
const amount = zod_1.z.number().min(0).max(1e15);
const size = zod_1.z.int().positive();
exports.powerMeasurement = zod_1.z.object({
    batchSize: size,
    powerLimitWatts: amount,
    secondsPerEpoch: amount,
    averageWatts: amount,
    source: zod_1.z.enum(['profile', 'probe', 'run']),
    doubt: zod_1.z.enum(['drift', 'aliasing', 'disturbed']).optional(),
});
/** Keys that this version does not know are left out: a newer program of the same format may write more. */
const observation = zod_1.z.object({
    id: zod_1.z.string().max(100),
    slot: zod_1.z.string().max(100),
    attempt: zod_1.z.int().positive(),
    gpuModel: name,
    batchSize: size,
    powerLimitWatts: amount,
    outcome: zod_1.z.enum(['converged', ...facts_1.failureClasses]),
    detail: zod_1.z.string().optional(),
    epochs: amount,
    reachedEpochLimit: zod_1.z.boolean(),
    seconds: amount,
    joules: amount,
    measurements: zod_1.z.array(exports.powerMeasurement).max(1000),
    outOfMemoryBatchSizes: zod_1.z.array(size).max(100).optional(),
});
/** What a reader must know of the job that was exported. Nothing of its trainer, whose arguments may be secret. */
exports.exportHeader = zod_1.z.object({
    format: zod_1.z.literal(exports.exportFormat),
    version: zod_1.z.literal(exports.exportVersion),
    job: name,
    exportedAt: zod_1.z.string(),
    batchSizes: zod_1.z.array(size),
    defaultBatchSize: size,
    maxEpochs: zod_1.z.int().positive(),
    target: zod_1.z.object({ metric: zod_1.z.string(), value: zod_1.z.number(), direction: zod_1.z.enum(['atLeast', 'atMost']) }),
    gpuCount: zod_1.z.int().positive(),
});
/** Lines that an import learns from; what was set aside there says why. */
exports.exportedFacts = zod_1.z.discriminatedUnion('type', [
    zod_1.z.object({ type: zod_1.z.literal('observation'), observation, quarantinedBecause: zod_1.z.string().optional() }),
    zod_1.z.object({
        type: zod_1.z.literal('measurements'),
        gpuModel: name,
        batchSize: size,
        measurements: zod_1.z.array(exports.powerMeasurement).max(1000),
    }),
]);
const seal = zod_1.z.strictObject({ type: zod_1.z.literal('end'), sha256: zod_1.z.string() });
/** The text of an export; each line ends with a line feed. */
function sealed(lines) {
    const body = lines.map((line) => `${line}\n`).join('');
    return `${body}${JSON.stringify({ type: 'end', sha256: digestOf(body) })}\n`;
}
/** The lines before the seal. @throws Error if it is missing or does not fit: the file was cut off or changed */
function unsealed(text) {
    const end = text.lastIndexOf('\n', text.length - 2) + 1;
    const body = text.slice(0, end);
    const found = seal.safeParse(jsonOf(text.slice(end)));
    if (!found.success)
        throw new Error('its last line is not the checksum of an export, so it was cut off');
    if (found.data.sha256 !== digestOf(body))
        throw new Error('it does not fit its checksum, so it was changed after it was written');
    return body.split('\n').slice(0, -1);
}
/** Undefined for what is no JSON. */
function jsonOf(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
const digestOf = (text) => (0, node_crypto_1.createHash)('sha256').update(text).digest('hex');
//# sourceMappingURL=exportFormat.js.map