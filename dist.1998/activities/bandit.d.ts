import type { Observation } from '../policy/facts';
import type { Decision } from '../policy/policy';
import { type JobSpec } from '../workflows/contracts';
import { type AskRequest, type GiveUp, type TellAnswer } from '../workflows/messages';
export declare function createBanditActivities(): {
    /** The update's id is the ask's, so a retried ask gets the same answer. */
    ask(spec: JobSpec, request: AskRequest): Promise<Decision>;
    /** A job that was deleted in between has nobody left to tell; the observation stays the recurrence's result. */
    tell(job: string, observation: Observation): Promise<TellAnswer>;
    /** The failure stays the recurrence's own if there is no ledger to put it into. */
    giveUp(job: string, slot: GiveUp): Promise<void>;
};
export type BanditActivities = ReturnType<typeof createBanditActivities>;
//# sourceMappingURL=bandit.d.ts.map