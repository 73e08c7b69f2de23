/** One question to a provider: asked once in a slot however many want to know, given up in time, not repeated in vain. */
import { type QuestionName } from './circuit';
import { type Clock } from './gridSlots';
import type { Reading } from './source';
export interface Asking {
    readonly question: QuestionName;
    /** The same for the same question. */
    readonly key: string;
    /** What is tried, as in: Cannot ‹action›. */
    readonly action: string;
    readonly ask: (abort: AbortSignal) => Promise<readonly Reading[]>;
    /** How long the answer is good for. */
    readonly untilSeconds: (readings: readonly Reading[]) => number;
}
export interface AskingOptions {
    readonly clock: Clock;
    readonly slotSeconds: number;
    readonly timeoutSeconds: number;
    readonly questionsPerHour: number;
}
export declare function createAsker({ clock, slotSeconds, timeoutSeconds, questionsPerHour }: AskingOptions): (asking: Asking) => Promise<readonly Reading[]>;
//# sourceMappingURL=asking.d.ts.map