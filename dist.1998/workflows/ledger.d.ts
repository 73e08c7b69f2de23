/** The slot ledger of one job: what became of every slot, as values that each step replaces. */
import type { Observation } from '../policy/facts';
import type { Decision } from '../policy/policy';
import { type Attempt, type AskRequest, type GiveUp, type Ledger, type TellAnswer } from './messages';
export declare const emptyLedger: Ledger;
export declare const isUnderWay: (attempt: Attempt) => boolean;
/** The decision without the table behind it. */
export declare const briefly: (decision: Decision) => Decision;
export declare function attemptById(ledger: Ledger, id: string): Attempt | undefined;
/** Attempts that are decided and neither told nor expired. */
export declare function openAttempts(ledger: Ledger): readonly Attempt[];
/** What the latest run was given, as far as it was told. */
export declare function lastChoice({ slots, }: Ledger): {
    readonly batchSize: number;
    readonly powerLimitWatts: number;
} | undefined;
/** A new decision opens its slot, or adds an attempt to it. */
export declare function withDecision(ledger: Ledger, request: AskRequest, attempt: Attempt): Ledger;
/** Slots for which no recurrence was ever started. A slot that is known already keeps its entry. */
export declare function withSkipped(ledger: Ledger, slots: readonly string[]): Ledger;
/** A recurrence that ended without a decision ends its slot, unless a run of it converged. */
export declare function withGivenUp(ledger: Ledger, { slot: name, failure, why }: GiveUp): Ledger;
/**
 * Takes runs for lost whose lease ran out at or before `now`. A slot ends with its last lease also if a run of it was told, but
 * its recurrence never came back to try again.
 */
export declare function withExpired(ledger: Ledger, now: string): Ledger;
/** Imported observations belong to no slot, and their joules were not paid for this job. */
export declare function withImported(ledger: Ledger, count: number): Ledger;
/** An observation closes its attempt; the slot ends with it unless the recurrence is to try again. */
export declare function withObservation(ledger: Ledger, observation: Observation, answer: TellAnswer, toldAt: string): Ledger;
//# sourceMappingURL=ledger.d.ts.map