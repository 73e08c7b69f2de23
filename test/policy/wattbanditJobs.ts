/** What `wattbandit` knows of a job at its beginning, after its first run, and when there is nothing left to try. */
import { wattbandit } from '../../policy/batchSize';
import type { Memory } from '../../policy/memory';
import type { Ask, Decision } from '../../policy/policy';
import { after, anyRandom, job, probesAround, profile, run } from './world';

export const decide = (memory: Memory, of: Ask): Decision => wattbandit.decide(memory, of, anyRandom);
export const empty = wattbandit.begin(job);

/** The default has converged once, and all sizes were probed. */
export const started = after(wattbandit, [run(128, 20, { measurements: [...profile(128), ...probesAround(128)] })]);

/** Every size was run and profiled: there is nothing left to try. */
export const settled = after(
  wattbandit,
  [1, 2, 3, 4].flatMap(() => job.batchSizes.map((size) => run(size, size <= 256 ? 20 : 40))),
);

export const rowOf = (decision: Decision, size: number) => decision.considered.find((row) => row.batchSize === size)!;
