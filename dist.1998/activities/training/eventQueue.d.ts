/** Events between a trainer and whoever follows it. The queue stays short: of progress, only the latest is news. */
import type { TrainingEvent } from './trainer';
export declare class EventQueue {
    private readonly waiting;
    private readonly events;
    private ended;
    /** After the end nothing counts any more. */
    push(event: TrainingEvent): void;
    /** The end is told again to everyone who asks. */
    next(): Promise<TrainingEvent>;
}
//# sourceMappingURL=eventQueue.d.ts.map