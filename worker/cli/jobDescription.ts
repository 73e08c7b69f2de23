/** What is known of one job, put together from its Schedule, its ledger and its facts. */
import { activeAt, standingOf } from '../../policy/override';
import type { Decision } from '../../policy/policy';
import type { TrustLevel } from '../../policy/trust';
import type { JobSpec } from '../../workflows/contracts';
import { type Slot, type Totals, slotAt } from '../../workflows/messages';
import type { JobClient } from '../client';
import { candidateTable } from './decisionTable';
import { duration, energy, instant } from './numbers';
import { wouldText } from './explanationText';
import { trustMeanings } from './jobTrust';
import { outlookOf } from './outlook';
import { type OverrideRow, overrideRow, overrideTable } from './overrideRows';
import { slotTable } from './slotTable';
import { type Style, pairs } from './text';

export interface JobDescription {
  readonly job: string;
  readonly paused: boolean;
  readonly note: string | null;
  readonly nextSlots: readonly string[];
  readonly spec: JobSpec;
  readonly totals: Totals;
  /** What would be decided now, with what is believed of each batch size; null before the first run. */
  readonly outlook: Decision | null;
  readonly trust: TrustLevel;
  /** Of operators, those that hold. */
  readonly overrides: readonly OverrideRow[];
  readonly slots: readonly Slot[];
}

const shownSlots = 10;

export async function descriptionOf(jobs: JobClient, job: string): Promise<JobDescription> {
  const schedule = await jobs.describe(job);
  // One after the other: had one failed, the other would go on retrying on a connection that is closed by then.
  const facts = await jobs.facts(job);
  const ledger = await jobs.ledger(job);
  const { overrides } = await jobs.overrides(job);
  const active = activeAt(overrides, new Date().toISOString());
  return {
    job,
    paused: schedule.state.paused,
    note: schedule.state.note ?? null,
    nextSlots: schedule.info.nextActionTimes.slice(0, 3).map(slotAt),
    spec: facts.spec,
    totals: ledger.totals,
    outlook: await outlookOf(facts, ledger, overrides),
    trust: standingOf(active, facts.spec.trust).trust,
    overrides: active.map((override) => overrideRow(override, 'holding')),
    slots: ledger.slots.slice(-shownSlots),
  };
}

export function descriptionText(description: JobDescription, style: Style): string {
  const { job, paused, note, nextSlots, spec, totals, outlook, trust, overrides, slots } = description;
  const state = `${paused ? 'paused' : 'running'}${note === null || note === '' ? '' : `: ${note}`}`;
  const facts = pairs([
    ['Job', job],
    ['State', state],
    ['Next slots', nextSlots.map(instant).join(', ') || '–'],
    ['Policy', `${spec.policy.name}, η ${spec.objective.eta}`],
    ['Trust', `${trust}: ${trustMeanings[trust]}`],
    ...(outlook?.withheld === undefined ? [] : [['At full trust', wouldText(outlook.withheld)] as const]),
    ['Batch sizes', `${spec.batchSizes.join(', ')}; default ${spec.defaultBatchSize}`],
    ['Slots', `${totals.slots.ran} ran, ${totals.slots.skipped} skipped, ${totals.slots.failed} failed`],
    [
      'Runs',
      `${totals.told} told: ${totals.counted} counted, ${totals.quarantined} quarantined; ${totals.expired} expired`,
    ],
    ...(totals.imported === undefined ? [] : [['Imported', `${totals.imported} observations`] as const]),
    ['Used', `${energy(totals.joules)} in ${duration(totals.seconds)}`],
    ['Best so far', outlook?.incumbent == null ? '–' : `batch size ${outlook.incumbent}`],
  ]);
  const beliefs = outlook === null ? [] : ['', style.bold('Beliefs'), candidateTable(outlook)];
  const recent = slots.length === 0 ? [] : ['', style.bold('Last slots'), slotTable(slots)];
  const held = overrides.length === 0 ? [] : ['', style.bold('Overrides'), overrideTable(overrides, style)];
  return [facts, ...held, ...beliefs, ...recent].join('\n');
}
