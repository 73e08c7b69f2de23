/** One run of a bandit as entries of an audit: operators' orders, decisions, observations, and how it began and ended. */
import { type AuditEntry, type Run, type Told, entryOf, fieldsOf, lifeEntry, only, without } from './entry';
import type { Happening } from './happenings';
import { OperatorEntries } from './operatorEntries';

type Answer = Extract<Happening, { kind: 'answer' }>;
type Update = Extract<Happening, { kind: 'update' }>;

export function banditEntries(run: Run, happenings: readonly Happening[]): Told {
  const operators = new OperatorEntries(run, happenings);
  const answers = new Map(
    happenings.flatMap((each): [number, Answer][] => (each.kind === 'answer' ? [[each.of, each]] : [])),
  );
  const entries: AuditEntry[] = [];
  const open: Happening[] = [];
  for (const happening of happenings) {
    const told = toldBy(happening);
    if (told === undefined) open.push(happening);
    else entries.push(...told);
  }
  const last = happenings.at(-1);
  if (last === undefined || last.kind === 'ended')
    return { entries: [...entries, ...open.map((each) => unanswered(run, each))], settledTo: last?.eventId ?? 0 };
  const settledTo = Math.min(last.eventId, ...open.map(({ eventId }) => eventId - 1));
  return { entries: entries.filter(({ source }) => source.eventId <= settledTo), settledTo };

  /** Undefined while it waits for its answer. */
  function toldBy(happening: Happening): readonly AuditEntry[] | undefined {
    if (happening.kind === 'signal') return signalled(happening);
    if (happening.kind === 'local') return decided(run, happening);
    if (happening.kind !== 'update') return lifeEntry(run, happening);
    const answer = answers.get(happening.eventId);
    return answer && answered(happening, answer);
  }

  function signalled(signal: Extract<Happening, { kind: 'signal' }>): readonly AuditEntry[] | undefined {
    if (signal.name === 'retire') return [entryOf(run, signal, 'retire', { client: signal.client })];
    if (signal.name !== 'override') return [];
    const entry = operators.signalled(signal);
    return entry && [entry];
  }

  function answered(update: Update, answer: Answer): readonly AuditEntry[] {
    if (update.name === 'setOverride' || update.name === 'clearOverride') return [operators.updated(update, answer)];
    return learned(run, update, answer);
  }
}

/** Asking again gets the same decision, which is recorded once. */
function decided(run: Run, local: Extract<Happening, { kind: 'local' }>): readonly AuditEntry[] {
  if (local.activity !== 'decide') return [];
  const { decision, skipped } = fieldsOf(local.result);
  if (decision === undefined) return [];
  return [entryOf(run, local, 'decision', { decision, skipped })];
}

/** What was measured meanwhile is for `job export`. */
function learned(run: Run, { name, input, client }: Update, answer: Answer): readonly AuditEntry[] {
  const { failure, success } = answer;
  if (failure !== undefined)
    return [entryOf(run, answer, 'refusal', { order: { kind: name }, client, by: 'update', why: failure })];
  switch (name) {
    case 'tell': {
      const observation = without(input, 'measurements', 'grid', 'leases');
      return [entryOf(run, answer, 'observation', { ...fieldsOf(success), observation, client })];
    }
    case 'tellOutside': {
      // What was left out is in what is remembered of it.
      const { run: told, answer: verdict } = fieldsOf(success);
      const { observation: whole } = fieldsOf(fieldsOf(told)['run']);
      const observation = without(whole, 'measurements', 'grid', 'leases');
      return [entryOf(run, answer, 'observation', { ...fieldsOf(verdict), observation, client })];
    }
    case 'giveUp':
      return [entryOf(run, answer, 'giveUp', { ...only(input, 'slot', 'failure', 'why'), client })];
    case 'importFacts':
      return [entryOf(run, answer, 'import', { ...fieldsOf(success), client })];
    default:
      return [];
  }
}

/** The run ended before it heard it. */
function unanswered(run: Run, happening: Happening): AuditEntry {
  const { name, client } = happening.kind === 'update' || happening.kind === 'signal' ? happening : {};
  return entryOf(run, happening, 'unanswered', { message: name, client });
}
