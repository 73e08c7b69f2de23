/** What the memory of policy `wattbandit` tells of runs that are forgotten: what was measured of each batch size. */
import { z } from 'zod';
import type { PowerMeasurement } from '../../policy/facts';
import type { ExportedFacts } from '../exportFormat';

export type Measurements = Extract<ExportedFacts, { readonly type: 'measurements' }>;

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
export function rememberedProfiles(memory: unknown): readonly Measurements[] {
  const known = profiles.safeParse(memory);
  if (!known.success) return [];
  return Object.entries(known.data.gpus).flatMap(([gpuModel, { sizes }]) =>
    Object.entries(sizes).map(([size, profile]): Measurements => {
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
