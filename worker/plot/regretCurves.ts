/** Curves of regret out of what `wattbandit simulate -o json` prints. */
import { z } from 'zod';
import type { RegretCurve } from './regret';

/** Keys that are not needed are left out. */
export const simulationReport = z.object({
  schemaVersion: z.literal(1),
  results: z
    .array(
      z.object({
        gpu: z.string(),
        job: z.string(),
        policy: z.string(),
        recurrences: z.int().positive(),
        seeds: z.int().positive(),
        regret: z.object({ mean: z.number(), ci95: z.number() }),
      }),
    )
    .min(1),
});
export type SimulationReport = z.infer<typeof simulationReport>;
type Result = SimulationReport['results'][number];

/** Means over jobs, which count alike; seeds of different jobs are independent, so the squares of the intervals add up. */
export function regretCurvesOf(results: readonly Result[]): readonly RegretCurve[] {
  return distinct(results.map(({ policy }) => policy)).map((policy) => {
    const own = results.filter((result) => result.policy === policy);
    const lengths = distinct(own.map(({ recurrences }) => recurrences)).toSorted((a, b) => a - b);
    return {
      policy,
      points: lengths.map((length) => pointOf(own.filter(({ recurrences }) => recurrences === length))),
    };
  });
}

function pointOf(results: readonly Result[]) {
  const mean = results.reduce((sum, { regret }) => sum + regret.mean, 0) / results.length;
  const half = Math.hypot(...results.map(({ regret }) => regret.ci95)) / results.length;
  return { recurrences: results[0]?.recurrences ?? 0, mean, low: mean - half, high: mean + half };
}

export const band = '95 % interval of the mean over seeds';

/** As `v100 cifar100`, or how many there are. */
export function jobsOf(results: readonly Result[]): string {
  const jobs = distinct(results.map(({ gpu, job }) => `${job} on ${gpu.toUpperCase()}`));
  return jobs.length <= 2 ? jobs.join(' and ') : `mean over ${jobs.length} jobs`;
}

function distinct<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)];
}
