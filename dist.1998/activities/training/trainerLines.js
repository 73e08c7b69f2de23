"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.TrainerLines = void 0;
/** What a trainer says, line by line, as events. Nothing is taken on trust: a line that makes no sense is counted and ignored. */
const zod_1 = require("zod");
const printable_1 = require("./printable");
const longestDetail = 300;
const amount = zod_1.z.number().nonnegative();
const synced = zod_1.z.boolean().default(true);
const progress = zod_1.z.union([
    zod_1.z.object({ epochs: amount, synced, iterationsPerEpoch: zod_1.z.number().positive().optional() }),
    zod_1.z
        .object({ iteration: amount, iterationsPerEpoch: zod_1.z.number().positive(), synced })
        .transform(({ iteration, ...rest }) => ({ ...rest, epochs: iteration / rest.iterationsPerEpoch })),
]);
/** JSON has no word for a number that is not finite, and every library another substitute. */
const metric = zod_1.z.union([
    zod_1.z.number(),
    zod_1.z.null().transform(() => NaN),
    zod_1.z
        .string()
        .regex(/^[-+]?(nan|inf(inity)?)$/i)
        .transform((word) => (/nan/i.test(word) ? NaN : word.startsWith('-') ? -Infinity : Infinity)),
]);
const epoch = zod_1.z.object({ epoch: zod_1.z.int().positive(), metric });
const probed = zod_1.z
    .object({
    batchSize: zod_1.z.int().positive(),
    secondsPerEpoch: zod_1.z.number().positive().nullable().default(null),
    outOfMemory: zod_1.z.literal(true).optional(),
    refused: zod_1.z.literal(true).optional(),
})
    .refine(({ secondsPerEpoch, outOfMemory, refused }) => [secondsPerEpoch !== null, outOfMemory === true, refused === true].filter(Boolean).length === 1);
const failed = zod_1.z.object({
    failure: zod_1.z.enum(['diverged', 'outOfMemory', 'infrastructure']),
    detail: zod_1.z.string().default(''),
});
/** By the type first: a line of an unknown one costs next to nothing. */
const typed = zod_1.z.looseObject({ type: zod_1.z.string() });
class TrainerLines {
    maxEpochs;
    /** Lines that made no sense, or came a second time or out of order. */
    ignored = 0;
    /** The beginning of the first of them. */
    firstIgnored;
    /** The last epoch evaluated. */
    epoch = 0;
    epochs = 0;
    constructor(maxEpochs) {
        this.maxEpochs = maxEpochs;
    }
    /** What the line says; an empty list if it is ignored. */
    read(line, atSeconds) {
        if (line.text.trim() === '' && !line.tooLong)
            return [];
        const said = line.tooLong ? [] : this.understand(line.text, atSeconds);
        if (said.length === 0) {
            this.ignored += 1;
            this.firstIgnored ??= (0, printable_1.printable)(line.text.slice(0, 200)).slice(0, 80);
        }
        return said;
    }
    understand(text, atSeconds) {
        const { data: line } = typed.safeParse(parseJson(text));
        if (line === undefined)
            return [];
        switch (line.type) {
            case 'progress':
                return when(progress.safeParse(line), (data) => this.progressed(data, atSeconds));
            case 'epoch':
                return when(epoch.safeParse(line), (data) => this.evaluated(data.epoch, data.metric, atSeconds));
            case 'probes':
                return [{ kind: 'probes' }];
            case 'probed':
                return when(probed.safeParse(line), ({ batchSize, secondsPerEpoch, refused }) => [
                    { kind: 'probed', batchSize, secondsPerEpoch, refused },
                ]);
            case 'failed':
                return when(failed.safeParse(line), ({ failure, detail }) => [
                    { kind: 'failed', failure, detail: (0, printable_1.printable)(detail).slice(0, longestDetail), atSeconds },
                ]);
            default:
                return [];
        }
    }
    /** Power is measured between events, so a boundary that the GPU has not reached yet is none. */
    progressed({ epochs, synced: isSynced, iterationsPerEpoch }, atSeconds) {
        if (epochs < this.epochs || epochs > this.maxEpochs)
            return [];
        if (epochs === this.epochs || !isSynced)
            return [{ kind: 'alive' }];
        this.epochs = epochs;
        return [
            { kind: 'progress', epochs, atSeconds, ...(iterationsPerEpoch === undefined ? {} : { iterationsPerEpoch }) },
        ];
    }
    evaluated(done, value, atSeconds) {
        if (done <= this.epoch)
            return [];
        if (done > this.maxEpochs)
            return [beyond(done, this.maxEpochs, atSeconds)];
        this.epoch = done;
        const reached = this.progressed({ epochs: done, synced: true }, atSeconds).filter(({ kind }) => kind === 'progress');
        return [...reached, { kind: 'epoch', epoch: done, metric: value, atSeconds }];
    }
}
exports.TrainerLines = TrainerLines;
function when({ data }, say) {
    return data === undefined ? [] : say(data);
}
/** A metric from beyond the limit cannot count, not even as that of the last epoch. */
function beyond(done, maxEpochs, atSeconds) {
    const detail = `the trainer evaluated epoch ${done}, beyond the ${maxEpochs} that the job allows`;
    return { kind: 'failed', failure: 'diverged', detail, atSeconds };
}
/** Python writes numbers that are not finite as bare words, just when a run diverges. */
function parseJson(text) {
    const found = parsed(text);
    if (found !== undefined || !/NaN|Infinity/.test(text))
        return found;
    return parsed(text.replace(/:\s*(-?(?:NaN|Infinity))\b/g, ':"$1"'));
}
function parsed(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
//# sourceMappingURL=trainerLines.js.map