/** What a trainer says, line by line, as events. Nothing is taken on trust: a line that makes no sense is counted and ignored. */
import { z } from 'zod';
import type { Line } from './lineCutter';
import { printable } from './printable';
import type { TrainingEvent } from './trainer';

const amount = z.number().nonnegative();
const synced = z.boolean().default(true);

const progress = z.union([
  z.object({ type: z.literal('progress'), epochs: amount, synced }),
  z
    .object({ type: z.literal('progress'), iteration: amount, iterationsPerEpoch: z.number().positive(), synced })
    .transform(({ iteration, iterationsPerEpoch, ...rest }) => ({ ...rest, epochs: iteration / iterationsPerEpoch })),
]);

/** JSON has no word for a number that is not finite, and every library another substitute. */
const metric = z.union([
  z.number(),
  z.null().transform(() => NaN),
  z
    .string()
    .regex(/^[-+]?(nan|inf(inity)?)$/i)
    .transform((word) => (/nan/i.test(word) ? NaN : word.startsWith('-') ? -Infinity : Infinity)),
]);

const message = z.union([
  progress,
  z.object({ type: z.literal('epoch'), epoch: z.int().positive(), metric }),
  z.object({ type: z.literal('probes') }),
  z.object({ type: z.literal('probed'), batchSize: z.int().positive(), secondsPerEpoch: z.number().positive() }),
  z.object({ type: z.literal('probed'), batchSize: z.int().positive(), outOfMemory: z.literal(true) }),
  z.object({
    type: z.literal('failed'),
    failure: z.enum(['diverged', 'outOfMemory', 'infrastructure']),
    detail: z.string().default(''),
  }),
]);

export interface Probed {
  readonly kind: 'probed';
  readonly batchSize: number;
  /** Null: it ran out of memory. */
  readonly secondsPerEpoch: number | null;
}

export type Said =
  | TrainingEvent
  | Probed
  /** The trainer can probe. */
  | { readonly kind: 'probes' }
  /** A sign of life, nothing more. */
  | { readonly kind: 'alive' };

export class TrainerLines {
  /** Lines that made no sense, or came a second time or out of order. */
  ignored = 0;
  /** The beginning of the first of them. */
  firstIgnored: string | undefined;
  /** The last epoch evaluated. */
  epoch = 0;
  private epochs = 0;

  constructor(private readonly maxEpochs: number) {}

  /** What the line says; an empty list if it is ignored. */
  read(line: Line, atSeconds: number): readonly Said[] {
    if (line.text.trim() === '' && !line.tooLong) return [];
    const said = line.tooLong ? [] : this.understand(line.text, atSeconds);
    if (said.length === 0) {
      this.ignored += 1;
      this.firstIgnored ??= printable(line.text.slice(0, 200)).slice(0, 80);
    }
    return said;
  }

  private understand(text: string, atSeconds: number): readonly Said[] {
    const { success, data } = message.safeParse(parseJson(text));
    if (!success) return [];
    switch (data.type) {
      case 'progress':
        return this.progressed(data.epochs, data.synced, atSeconds);
      case 'epoch':
        return this.evaluated(data.epoch, data.metric, atSeconds);
      case 'probes':
        return [{ kind: 'probes' }];
      case 'probed':
        return [
          {
            kind: 'probed',
            batchSize: data.batchSize,
            secondsPerEpoch: 'secondsPerEpoch' in data ? data.secondsPerEpoch : null,
          },
        ];
      case 'failed':
        return [{ kind: 'failed', failure: data.failure, detail: printable(data.detail), atSeconds }];
    }
  }

  /** Power is measured between events, so a boundary that the GPU has not reached yet is none. */
  private progressed(epochs: number, isSynced: boolean, atSeconds: number): readonly Said[] {
    if (epochs < this.epochs || epochs > this.maxEpochs) return [];
    if (epochs === this.epochs || !isSynced) return [{ kind: 'alive' }];
    this.epochs = epochs;
    return [{ kind: 'progress', epochs, atSeconds }];
  }

  private evaluated(epoch: number, value: number, atSeconds: number): readonly Said[] {
    if (epoch <= this.epoch) return [];
    if (epoch > this.maxEpochs) return [beyond(epoch, this.maxEpochs, atSeconds)];
    this.epoch = epoch;
    const reached = this.progressed(epoch, true, atSeconds).filter(({ kind }) => kind === 'progress');
    return [...reached, { kind: 'epoch', epoch, metric: value, atSeconds }];
  }
}

/** A metric from beyond the limit cannot count, not even as that of the last epoch. */
function beyond(epoch: number, maxEpochs: number, atSeconds: number): TrainingEvent {
  const detail = `the trainer evaluated epoch ${epoch}, beyond the ${maxEpochs} that the job allows`;
  return { kind: 'failed', failure: 'diverged', detail, atSeconds };
}

/** Python writes numbers that are not finite as bare words, just when a run diverges. */
function parseJson(text: string): unknown {
  return parsed(text) ?? parsed(text.replace(/:\s*(-?(?:NaN|Infinity))\b/g, ':"$1"'));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
