/** One line of an audit: what happened, who wanted it, and which event of which history says so. */
import type { Happening } from './happenings';
/** One run of a workflow. */
export interface Run {
    readonly workflowId: string;
    readonly runId: string;
}
export interface AuditEntry {
    readonly at: string;
    readonly kind: string;
    /** Whom a worker believed, or who was claimed to speak where it did not; null where no person is involved. */
    readonly who: string | null;
    /** Whether a token proved it. */
    readonly signed: boolean;
    readonly source: Run & {
        readonly eventId: number;
    };
    readonly [fact: string]: unknown;
}
/** What one run tells, up to an event before which everything is answered; what comes after it is for the next audit. */
export interface Told {
    readonly entries: readonly AuditEntry[];
    readonly settledTo: number;
}
export interface Facts {
    readonly who?: string | null | undefined;
    readonly signed?: boolean | undefined;
    readonly [fact: string]: unknown;
}
export declare function entryOf(run: Run, { at, eventId }: Happening, kind: string, facts: Facts): AuditEntry;
/** The parts of a workflow's life that every audit tells. */
export declare function lifeEntry(run: Run, happening: Happening): readonly AuditEntry[];
export type Fields = Readonly<Record<string, unknown>>;
/** Of what may be any JSON. */
export declare function fieldsOf(value: unknown): Fields;
/** Only these members: what else a message holds, a token for one, stays where it is. */
export declare function only(value: unknown, ...keys: readonly string[]): Fields;
export declare function without(value: unknown, ...keys: readonly string[]): Fields;
//# sourceMappingURL=entry.d.ts.map