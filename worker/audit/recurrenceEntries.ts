/** One recurrence as entries of an audit: the operators' word as it arrived, who held which GPUs, and what became of their limits. */
import { type AuditEntry, type Run, type Told, entryOf, fieldsOf, lifeEntry, only } from './entry';
import type { Happening } from './happenings';

type Scheduled = Extract<Happening, { kind: 'scheduled' }>;

/** The activities that hold GPUs from before the first change of a limit until after the last one is put back. */
const holding: readonly string[] = ['train', 'accompany'];

export function recurrenceEntries(run: Run, happenings: readonly Happening[]): Told {
  const held = new Map(
    happenings.flatMap((each): [number, Scheduled][] =>
      each.kind === 'scheduled' && holding.includes(each.activity) ? [[each.eventId, each]] : [],
    ),
  );
  const entries = happenings.flatMap((happening): readonly AuditEntry[] => {
    if (happening.kind === 'signal')
      return happening.name === 'obey' ? [entryOf(run, happening, 'orders', { orders: happening.input })] : [];
    if (happening.kind !== 'begun' && happening.kind !== 'done') return lifeEntry(run, happening);
    const scheduled = held.get(happening.of);
    return scheduled === undefined ? [] : [leaseEntry(run, happening, scheduled)];
  });
  return { entries, settledTo: happenings.at(-1)?.eventId ?? 0 };
}

function leaseEntry(
  run: Run,
  happening: Extract<Happening, { kind: 'begun' | 'done' }>,
  { input, taskQueue }: Scheduled,
): AuditEntry {
  const { decision, claim, node } = fieldsOf(input);
  const { id } = fieldsOf(decision);
  const { gpuUuids, host } = fieldsOf(claim);
  const { rank } = fieldsOf(node);
  const facts = { decision: id, ...(rank === undefined ? {} : { rank }), host: host ?? taskQueue, gpuUuids };
  if (happening.kind === 'begun') {
    const { attempt, client: worker } = happening;
    return entryOf(run, happening, 'lease', { ...facts, attempt, worker });
  }
  const { leases } = only(happening.result, 'leases');
  if (Array.isArray(leases)) return entryOf(run, happening, 'restore', { ...facts, leases });
  const why = happening.failure ?? 'its worker does not tell';
  return entryOf(run, happening, 'restoreUnknown', { ...facts, why });
}
