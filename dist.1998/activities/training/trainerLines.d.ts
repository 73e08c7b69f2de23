import type { Line } from './lineCutter';
import type { TrainingEvent } from './trainer';
export interface Probed {
    readonly kind: 'probed';
    readonly batchSize: number;
    /** Null: it ran out of memory, or the trainer refused the size. */
    readonly secondsPerEpoch: number | null;
    readonly refused?: true | undefined;
}
export type Said = TrainingEvent | Probed
/** The trainer can probe. */
 | {
    readonly kind: 'probes';
}
/** A sign of life, nothing more. */
 | {
    readonly kind: 'alive';
};
export declare class TrainerLines {
    private readonly maxEpochs;
    /** Lines that made no sense, or came a second time or out of order. */
    ignored: number;
    /** The beginning of the first of them. */
    firstIgnored: string | undefined;
    /** The last epoch evaluated. */
    epoch: number;
    private epochs;
    constructor(maxEpochs: number);
    /** What the line says; an empty list if it is ignored. */
    read(line: Line, atSeconds: number): readonly Said[];
    private understand;
    /** Power is measured between events, so a boundary that the GPU has not reached yet is none. */
    private progressed;
    private evaluated;
}
//# sourceMappingURL=trainerLines.d.ts.map