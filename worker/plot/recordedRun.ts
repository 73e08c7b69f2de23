/** A run out of an export, with what it recorded of its grid: imports have no use for that, pictures have. */
import { z } from 'zod';
import type { GridRecord, Observation } from '../../policy/facts';
import { exportedFacts } from '../exportFormat';

const amount = z.number().min(0).max(1e15);
const watts = amount.positive();

const grid: z.ZodType<GridRecord> = z.object({
  provider: z.string(),
  zone: z.string(),
  kind: z.enum(['average', 'marginal', 'price']),
  unit: z.string(),
  factorType: z.enum(['lifecycle', 'direct']).nullable(),
  intervals: z
    .array(
      z.object({
        fromAt: z.iso.datetime(),
        toAt: z.iso.datetime(),
        seconds: amount.positive(),
        joules: amount,
        eta: z.number().min(0).max(1),
        perKwh: z.number().nullable(),
        status: z.enum(['observed', 'estimated', 'forecast', 'unknown']),
        powerLimitWatts: watts.optional(),
      }),
    )
    .max(1000),
  limits: z.array(z.object({ powerLimitWatts: watts, seconds: amount, joules: amount })),
  profile: z.array(z.object({ powerLimitWatts: watts, secondsPerEpoch: amount, averageWatts: amount })),
  priceFactor: z.number(),
});

const gridOfLine = z.object({ observation: z.object({ grid }) });

/** Empty for other lines, and for runs that were set aside. */
export function recordedRun(line: unknown): readonly Observation[] {
  const parsed = exportedFacts.safeParse(line);
  if (!parsed.success || parsed.data.type !== 'observation' || parsed.data.quarantinedBecause !== undefined) return [];
  const recorded = gridOfLine.safeParse(line);
  const { observation } = parsed.data;
  return [recorded.success ? { ...observation, grid: recorded.data.observation.grid } : observation];
}
