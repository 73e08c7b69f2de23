/** Keeps a failing provider from being hammered: after a failure it is left alone for a slot, then for two, four, eight … */
import { SourceError } from './error';
import { type Clock } from './gridSlots';
export type QuestionName = 'now' | 'history' | 'forecast';
export interface Circuit {
    /** Why not to ask at this moment. */
    refusal(question: QuestionName): SourceError | undefined;
    failed(question: QuestionName, error: SourceError): void;
    succeeded(question: QuestionName): void;
}
/** A provider that is away is so for all questions; one that refuses, for that question only: a plan may lack forecasts. */
export declare function createCircuit({ clock, slotSeconds, }: {
    readonly clock: Clock;
    readonly slotSeconds: number;
}): Circuit;
//# sourceMappingURL=circuit.d.ts.map