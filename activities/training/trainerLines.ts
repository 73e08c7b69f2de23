/** What a trainer says, line by line, as events. Nothing is taken on trust: a line that makes no sense is counted and ignored. */
import { z } from 'zod';
import { jsonOf } from '../json';
import type { Line } from './lineCutter';
import { printable } from './printable';
import type { TrainingEvent } from './trainer';

const longestDetail = 300;

const amount = z.number().nonnegative();
const synced = z.boolean().default(true);

const progress = z.union([
  z.object({ epochs: amount, synced, iterationsPerEpoch: z.number().positive().optional() }),
  z
    .object({ iteration: amount, iterationsPerEpoch: z.number().positive(), synced })
    .transform(({ iteration, ...rest }) => ({ ...rest, epochs: iteration / rest.iterationsPerEpoch })),
]);

type Progressed = z.infer<typeof progress>;

/** JSON has no word for a number that is not finite, and every library another substitute. */
export const metricSchema = z.union([
  z.number(),
  z.null().transform(() => NaN),
  z
    .string()
    .regex(/^[-+]?(nan|inf(inity)?)$/i)
    .transform((word) => (/nan/i.test(word) ? NaN : word.startsWith('-') ? -Infinity : Infinity)),
]);

const epoch = z.object({ epoch: z.int().positive(), metric: metricSchema });

const probed = z
  .object({
    batchSize: z.int().positive(),
    secondsPerEpoch: z.number().positive().nullable().default(null),
    outOfMemory: z.literal(true).optional(),
    refused: z.literal(true).optional(),
  })
  .refine(
    ({ secondsPerEpoch, outOfMemory, refused }) =>
      [secondsPerEpoch !== null, outOfMemory === true, refused === true].filter(Boolean).length === 1,
  );

const failed = z.object({
  failure: z.enum(['diverged', 'outOfMemory', 'infrastructure']),
  detail: z.string().default(''),
});

const gpus = z.object({ uuids: z.array(z.string().min(1)) });

/** By the type first: a line of an unknown one costs next to nothing. */
const typed = z.looseObject({ type: z.string() });

export interface Probed {
  readonly kind: 'probed';
  readonly batchSize: number;
  /** Null: it ran out of memory, or the trainer refused the size. */
  readonly secondsPerEpoch: number | null;
  readonly refused?: true | undefined;
}

export type Said =
  | TrainingEvent
  | Probed
  /** The trainer can probe. */
  | { readonly kind: 'probes' }
  /** The GPUs that it sees. */
  | { readonly kind: 'gpus'; readonly uuids: readonly string[] }
  /** A sign of life, nothing more. */
  | { readonly kind: 'alive' };

export class TrainerLines {
  /** Lines that made no sense, or came a second time or out of order. */
  ignored = 0;
  /** The last epoch evaluated. */
  epoch = 0;
  /** How far it is, with fractions. */
  epochs = 0;
  /** The beginning of the first line that was ignored. */
  private firstIgnored: string | undefined;

  constructor(private readonly maxEpochs: number) {}

  /** To be added to how the run ended; empty if every line made sense. */
  get lost(): string {
    if (this.ignored === 0) return '';
    return `; ${this.ignored} report lines made no sense, the first: ${this.firstIgnored ?? ''}`;
  }

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
    const { data: line } = typed.safeParse(parseJson(text));
    if (line === undefined) return [];
    switch (line.type) {
      case 'progress':
        return when(progress.safeParse(line), (data) => this.progressed(data, atSeconds));
      case 'epoch':
        return when(epoch.safeParse(line), (data) => this.evaluated(data.epoch, data.metric, atSeconds));
      case 'started':
        return [{ kind: 'alive' }];
      case 'probes':
        return [{ kind: 'probes' }];
      case 'probed':
        return when(probed.safeParse(line), ({ batchSize, secondsPerEpoch, refused }) => [
          { kind: 'probed', batchSize, secondsPerEpoch, refused },
        ]);
      case 'gpus':
        return when(gpus.safeParse(line), ({ uuids }) => [{ kind: 'gpus', uuids }]);
      case 'failed':
        return when(failed.safeParse(line), ({ failure, detail }) => [
          { kind: 'failed', failure, detail: printable(detail).slice(0, longestDetail), atSeconds },
        ]);
      default:
        return [];
    }
  }

  /** Power is measured between events, so a boundary that the GPU has not reached yet is none. */
  private progressed({ epochs, synced: isSynced, iterationsPerEpoch }: Progressed, atSeconds: number): readonly Said[] {
    if (epochs < this.epochs || epochs > this.maxEpochs) return [];
    if (epochs === this.epochs || !isSynced) return [{ kind: 'alive' }];
    this.epochs = epochs;
    return [
      { kind: 'progress', epochs, atSeconds, ...(iterationsPerEpoch === undefined ? {} : { iterationsPerEpoch }) },
    ];
  }

  private evaluated(done: number, value: number, atSeconds: number): readonly Said[] {
    if (done <= this.epoch) return [];
    if (done > this.maxEpochs) return [beyond(done, this.maxEpochs, atSeconds)];
    this.epoch = done;
    const reached = this.progressed({ epochs: done, synced: true }, atSeconds).filter(
      ({ kind }) => kind === 'progress',
    );
    return [...reached, { kind: 'epoch', epoch: done, metric: value, atSeconds }];
  }
}

function when<T>({ data }: { data?: T }, say: (data: T) => readonly Said[]): readonly Said[] {
  return data === undefined ? [] : say(data);
}

/** A metric from beyond the limit cannot count, not even as that of the last epoch. */
function beyond(done: number, maxEpochs: number, atSeconds: number): TrainingEvent {
  const detail = `the trainer evaluated epoch ${done}, beyond the ${maxEpochs} that the job allows`;
  return { kind: 'failed', failure: 'diverged', detail, atSeconds };
}

/** Python writes numbers that are not finite as bare words, just when a run diverges. */
function parseJson(text: string): unknown {
  const found = jsonOf(text);
  if (found !== undefined || !/NaN|Infinity/.test(text)) return found;
  return jsonOf(text.replace(/:\s*(-?(?:NaN|Infinity))\b/g, ':"$1"'));
}
