/** What a job knows, as lines of an export: the facts that another job can learn from, and its latest decisions. */
import { z } from 'zod';
import type { Observation, PowerMeasurement } from '../policy/facts';
import type { Attempt, Facts, Ledger } from '../workflows/messages';
import { type ExportHeader, type ExportedFacts, exportFormat, exportVersion } from './exportFormat';

interface Exported {
  readonly facts: Facts;
  readonly ledger: Ledger;
  readonly exportedAt: string;
}

/** The header first. What this job imported itself is not told on: it would count twice where both sources are imported. */
export function exportLines({ facts, ledger, exportedAt }: Exported): readonly object[] {
  const attempts = ledger.slots.flatMap(({ slot, attempts: of }) => of.map((attempt) => ({ slot, attempt })));
  return [
    headerOf(facts, exportedAt),
    ...measurementLines(facts),
    ...attempts.flatMap(({ attempt }) => observationLine(attempt, facts)),
    ...attempts.map(({ slot, attempt: { decision, decidedAt } }) => ({ type: 'decision', slot, decidedAt, decision })),
  ];
}

function headerOf({ spec }: Facts, exportedAt: string): ExportHeader {
  const { job, batchSizes, defaultBatchSize, maxEpochs, target } = spec;
  const gpuCount = spec.gpus.count * (spec.gpus.hosts ?? 1);
  const of = { job, exportedAt, batchSizes, defaultBatchSize, maxEpochs, target, gpuCount };
  return { format: exportFormat, version: exportVersion, ...of };
}

/** Older runs of the ledger have lost their single measurements; those that the policy has not folded in yet have them. */
function observationLine({ observation, answer }: Attempt, { since }: Facts): ExportedFacts[] {
  if (observation === undefined) return [];
  const whole: Observation = since.find(({ id }) => id === observation.id) ?? observation;
  const why = answer?.quarantinedBecause;
  return [{ type: 'observation', observation: whole, ...(why === undefined ? {} : { quarantinedBecause: why }) }];
}

/** The part of the memory of policy `wattbandit` that is worth telling on besides the runs themselves. */
const profiles = z.object({
  version: z.literal(1),
  gpus: z.record(
    z.string(),
    z.object({
      sizes: z.record(
        z.string(),
        z.object({
          swept: z.boolean(),
          limits: z.record(z.string(), z.tuple([z.number(), z.number()])),
          windows: z.array(z.number()).optional(),
        }),
      ),
    }),
  ),
});
type SizeProfile = z.infer<typeof profiles>['gpus'][string]['sizes'][string];

/** Nothing where another policy remembers in another form. */
function measurementLines({ memory }: Facts): ExportedFacts[] {
  const known = profiles.safeParse(memory);
  if (!known.success) return [];
  return Object.entries(known.data.gpus).flatMap(([gpuModel, { sizes }]) =>
    Object.entries(sizes).map(([size, profile]): ExportedFacts => {
      const batchSize = Number(size);
      return { type: 'measurements', gpuModel, batchSize, measurements: measurementsOf(batchSize, profile) };
    }),
  );
}

function measurementsOf(batchSize: number, { swept, limits, windows = [] }: SizeProfile): PowerMeasurement[] {
  return Object.entries(limits).map(([limit, [secondsPerEpoch, averageWatts]]) => {
    const powerLimitWatts = Number(limit);
    const source = swept || windows.includes(powerLimitWatts) ? 'profile' : 'probe';
    return { batchSize, powerLimitWatts, secondsPerEpoch, averageWatts, source };
  });
}
