/** Which batch size a run gets: the operator's, the first, the incumbent or a trial; and when the run is stopped. */
import type { Belief, Beliefs } from './beliefs';
import { type Memory } from './memory';
import type { Parameters } from './parameters';
import type { Ask, DecisionMode } from './policy';
import type { Trial } from './trials';
export interface Choice {
    readonly mode: DecisionMode;
    readonly belief: Belief;
    readonly costCeilingJoules: number | null;
    /** The trial that is taken, in mode `explore`. */
    readonly trial: Trial | null;
}
/** All that is known when a choice is made. Without an incumbent nothing is weighed, so there are no trials. */
export interface Circumstances {
    readonly memory: Memory;
    readonly ask: Ask;
    readonly beliefs: Beliefs;
    readonly incumbent: Belief | null;
    readonly trials: readonly Trial[];
    readonly horizon: number;
    readonly parameters: Parameters;
}
export declare function choose(of: Circumstances): Choice;
export declare function unprovenInFlight({ sizes }: Beliefs, { inFlight }: Ask): number;
//# sourceMappingURL=choose.d.ts.map