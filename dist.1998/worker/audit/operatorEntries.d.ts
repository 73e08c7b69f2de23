import { type AuditEntry, type Run } from './entry';
import type { Happening } from './happenings';
type Signal = Extract<Happening, {
    kind: 'signal';
}>;
type Update = Extract<Happening, {
    kind: 'update';
}>;
type Answer = Extract<Happening, {
    kind: 'answer';
}>;
/** Goes through one run's history in its order, as the bandit did. */
export declare class OperatorEntries {
    private readonly run;
    private readonly spec;
    private readonly verdicts;
    private readonly ids;
    private readonly tokens;
    constructor(run: Run, happenings: readonly Happening[]);
    /** Undefined while nobody has heard it yet. */
    signalled(signal: Signal): AuditEntry | undefined;
    updated(update: Update, answer: Answer): AuditEntry;
    /** The verdict on a signal; nobody was answered. */
    private judged;
    private whyNonsense;
    private entry;
}
export {};
//# sourceMappingURL=operatorEntries.d.ts.map