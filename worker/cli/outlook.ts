/** What a job would decide now. */
import { createDecideActivities } from '../../activities/decide';
import type { Override } from '../../policy/override';
import type { Decision } from '../../policy/policy';
import { lastChoice } from '../../workflows/ledger';
import type { Facts, Ledger } from '../../workflows/messages';

/** The bandit's own computation on the bandit's own facts, so that this is what it would say; null before the first run. */
export async function outlookOf(
  { spec, memory, since }: Facts,
  ledger: Ledger,
  overrides: readonly Override[],
): Promise<Decision | null> {
  const observations = ledger.slots.flatMap(({ attempts }) => attempts.flatMap(({ observation }) => observation ?? []));
  const newest = observations.at(-1);
  if (newest === undefined) return null;
  const limits = observations.flatMap(({ powerLimitWatts, measurements }) => [
    powerLimitWatts,
    ...measurements.map((at) => at.powerLimitWatts),
  ]);
  const powerLimitsWatts = [...new Set(limits)].toSorted((a, b) => a - b);
  const gpus = { model: newest.gpuModel, count: spec.gpus.count, powerLimitsWatts };
  const request = { id: 'outlook', slot: newest.slot, attempt: 1, gpus };
  const told = { overrides, at: new Date().toISOString(), last: lastChoice(ledger) };
  const { decision } = await createDecideActivities().decide({ spec, memory, since, request, inFlight: [], ...told });
  return decision;
}
