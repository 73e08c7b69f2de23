/** The batch size to stay with: the cheapest that is trusted and keeps the bounds of the objective. */
import type { Belief, Beliefs, Question } from './beliefs';
/** Where no trusted size keeps deadline and slow-down bound: the cheapest that keeps the deadline, else the fastest. */
export declare function incumbentOf({ sizes, epochsKnown, slowdownSeconds }: Beliefs, { objective }: Question): Belief | null;
/** At maximum power, if need be: the power limit is then chosen to keep the bound as well. */
export declare function meetsDeadline(belief: Belief, deadlineSeconds: number | undefined): boolean;
export declare function keepsSlowdown(belief: Belief, slowdownSeconds: number | null): boolean;
//# sourceMappingURL=incumbent.d.ts.map