/** What is known of one job, put together from its Schedule, its ledger and its facts. */
import { createDecideActivities } from '../../activities/decide';
import type { Decision } from '../../policy/policy';
import type { JobSpec } from '../../workflows/contracts';
import { type Facts, type Ledger, type Slot, type Totals, slotAt } from '../../workflows/messages';
import type { JobClient } from '../client';
import { candidateTable } from './decisionTable';
import { duration, energy, instant } from './numbers';
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
  readonly slots: readonly Slot[];
}

const shownSlots = 10;

export async function descriptionOf(jobs: JobClient, job: string): Promise<JobDescription> {
  const schedule = await jobs.describe(job);
  // One after the other: had one failed, the other would go on retrying on a connection that is closed by then.
  const facts = await jobs.facts(job);
  const ledger = await jobs.ledger(job);
  return {
    job,
    paused: schedule.state.paused,
    note: schedule.state.note ?? null,
    nextSlots: schedule.info.nextActionTimes.slice(0, 3).map(slotAt),
    spec: facts.spec,
    totals: ledger.totals,
    outlook: await outlookOf(facts, ledger),
    slots: ledger.slots.slice(-shownSlots),
  };
}

/** The bandit's own computation on the bandit's own facts, so that this is what it would say. */
async function outlookOf({ spec, memory, since }: Facts, { slots }: Ledger): Promise<Decision | null> {
  const observations = slots.flatMap(({ attempts }) => attempts.flatMap(({ observation }) => observation ?? []));
  const last = observations.at(-1);
  if (last === undefined) return null;
  const limits = observations.flatMap(({ powerLimitWatts, measurements }) => [
    powerLimitWatts,
    ...measurements.map((at) => at.powerLimitWatts),
  ]);
  const powerLimitsWatts = [...new Set(limits)].toSorted((a, b) => a - b);
  const gpus = { model: last.gpuModel, count: spec.gpus.count, powerLimitsWatts };
  const request = { id: 'outlook', slot: last.slot, attempt: 1, gpus };
  const { decision } = await createDecideActivities().decide({ spec, memory, since, request, inFlight: [] });
  return decision;
}

export function descriptionText(description: JobDescription, style: Style): string {
  const { job, paused, note, nextSlots, spec, totals, outlook, slots } = description;
  const state = `${paused ? 'paused' : 'running'}${note === null || note === '' ? '' : `: ${note}`}`;
  const facts = pairs([
    ['Job', job],
    ['State', state],
    ['Next slots', nextSlots.map(instant).join(', ') || '–'],
    ['Policy', `${spec.policy.name}, η ${spec.objective.eta}`],
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
  return [facts, ...beliefs, ...recent].join('\n');
}
