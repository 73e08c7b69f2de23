import type { Job } from '../policy/facts';
import type { GridMemory } from '../policy/gridMemory';
import { type Override } from '../policy/override';
import type { Ask, Decision, Policy } from '../policy/policy';
import { type JobSpec } from '../workflows/contracts';
import type { AskRequest, Facts } from '../workflows/messages';
import { type LastChoice } from './underOrders';
/** `since`: observations that `memory` does not contain yet, oldest first. */
export interface DecideInput extends Facts {
    readonly request: AskRequest;
    readonly inFlight: readonly number[];
    readonly lastSlot?: string;
    /** The operator's, and the instant at which those that hold are looked up. */
    readonly overrides?: readonly Override[];
    readonly at?: string;
    /** What the latest run was given. */
    readonly last?: LastChoice | undefined;
}
export interface DecideAnswer {
    readonly decision: Decision;
    /** The memory with `since` in it, given when it is time to forget the single observations. */
    readonly memory?: unknown;
    /** The memory of the grid, likewise, of a job that follows its grid. */
    readonly grid?: GridMemory;
    /** Scheduled slots between `lastSlot` and this one. */
    readonly skipped: readonly string[];
}
/** What is to be learned without deciding anything. */
export type LearnInput = Pick<DecideInput, 'spec' | 'memory' | 'since'>;
export declare function createDecideActivities(): {
    /** Pure in all but its name: the same input gives the same answer. */
    decide(input: DecideInput): Promise<DecideAnswer>;
    /** The memory with `since` in it. */
    learn(input: LearnInput): Promise<unknown>;
};
export type DecideActivities = ReturnType<typeof createDecideActivities>;
/** @throws ApplicationFailure `InvalidRequest` for a policy that this version does not know */
export declare function policyFor(spec: JobSpec): Policy<unknown>;
export declare function askFor({ spec, request, inFlight }: Pick<DecideInput, 'spec' | 'request' | 'inFlight'>): Ask;
export declare function jobFor(spec: JobSpec): Job;
//# sourceMappingURL=decide.d.ts.map