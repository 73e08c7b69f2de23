/** How often a provider may be asked, whatever asks: a loop gone wrong must not cost the account. */
import { SourceError } from './error';
import { type Clock } from './gridSlots';
/** Counts a question; answers why it may not be asked. */
export declare function createRateLimit({ clock, perHour }: {
    readonly clock: Clock;
    readonly perHour: number;
}): () => SourceError | undefined;
//# sourceMappingURL=rateLimit.d.ts.map