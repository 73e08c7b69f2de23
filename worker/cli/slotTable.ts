/** The ledger as a table: one row for each slot. */
import type { Attempt, Slot, SlotState } from '../../workflows/messages';
import { duration, energy, instant, watts } from './numbers';
import { type Column, table } from './text';

const columns: readonly Column<Slot>[] = [
  { title: 'Slot', cell: ({ slot }) => instant(slot) },
  { title: 'State', cell: ({ state }) => stateText(state) },
  { title: 'Runs', align: 'right', cell: ({ attempts }) => String(attempts.length) },
  { title: 'Batch size', align: 'right', cell: ({ attempts }) => attempts.map(sizeText).join(' → ') },
  { title: 'Limit', align: 'right', cell: ({ attempts }) => watts(lastOf(attempts)?.observation?.powerLimitWatts) },
  { title: 'Mode', cell: ({ attempts }) => modeText(attempts[0]) },
  { title: 'Outcome', cell: ({ attempts }) => outcomeText(lastOf(attempts)) },
  { title: 'Time', align: 'right', cell: ({ attempts }) => duration(used(attempts, 'seconds')) },
  { title: 'Energy', align: 'right', cell: ({ attempts }) => energy(used(attempts, 'joules')) },
];

export function slotTable(slots: readonly Slot[]): string {
  return table(columns, slots);
}

export function stateText(state: SlotState): string {
  switch (state.kind) {
    case 'skipped':
      return `skipped: ${state.why}`;
    case 'failed':
      return `failed: ${state.failure}`;
    case 'open':
    case 'ran':
      return state.kind;
  }
}

/** Over all runs of the slot; null where none ended. */
export function used(attempts: readonly Attempt[], what: 'joules' | 'seconds'): number | null {
  const told = attempts.flatMap(({ observation }) => observation ?? []);
  return told.length === 0 ? null : told.reduce((sum, observation) => sum + observation[what], 0);
}

export function lastOf(attempts: readonly Attempt[]): Attempt | undefined {
  return attempts.at(-1);
}

function sizeText({ decision }: Attempt): string {
  return String(decision.batchSize);
}

/** Of a run in which something was withheld, what it would have been. */
function modeText(attempt: Attempt | undefined): string {
  if (attempt === undefined) return '';
  const { mode, withheld } = attempt.decision;
  return withheld === undefined ? mode : `${withheld.level}, else ${withheld.would.batchSize} (${withheld.would.mode})`;
}

function outcomeText(attempt: Attempt | undefined): string {
  if (attempt === undefined) return '';
  if (attempt.observation === undefined) return attempt.expired === true ? 'expired' : 'running';
  const why = attempt.answer?.quarantinedBecause;
  return why === undefined ? attempt.observation.outcome : `${attempt.observation.outcome}, quarantined: ${why}`;
}
