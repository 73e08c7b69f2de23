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
  readonly source: Run & { readonly eventId: number };
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

export function entryOf(run: Run, { at, eventId }: Happening, kind: string, facts: Facts): AuditEntry {
  const { workflowId, runId } = run;
  const { who = null, signed = false, ...others } = facts;
  return { ...others, at, kind, who, signed, source: { workflowId, runId, eventId } };
}

/** The parts of a workflow's life that every audit tells. */
export function lifeEntry(run: Run, happening: Happening): readonly AuditEntry[] {
  if (happening.kind === 'started') return [entryOf(run, happening, 'started', startedBy(happening))];
  if (happening.kind === 'ended') return [entryOf(run, happening, 'ended', endedBy(happening))];
  if (happening.kind !== 'cancel') return [];
  return [entryOf(run, happening, 'cancel', { client: happening.client, why: happening.why })];
}

function startedBy({ continuedFrom, client }: Extract<Happening, { kind: 'started' }>): Facts {
  return continuedFrom === '' ? { client } : { client, continuedFrom };
}

function endedBy({ how, why, client }: Extract<Happening, { kind: 'ended' }>): Facts {
  return { how, ...(why === undefined ? {} : { why }), ...(client === undefined ? {} : { client }) };
}

export type Fields = Readonly<Record<string, unknown>>;

/** Of what may be any JSON. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** Only these members: what else a message holds, a token for one, stays where it is. */
export function only(value: unknown, ...keys: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fieldsOf(value)).filter(([key]) => keys.includes(key)));
}

export function without(value: unknown, ...keys: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fieldsOf(value)).filter(([key]) => !keys.includes(key)));
}
