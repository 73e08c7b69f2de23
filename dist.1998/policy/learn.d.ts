import { type Job, type Observation } from './facts';
import { type Memory } from './memory';
import type { Parameters } from './parameters';
/** What the curve learns from. */
export type FinishedRun = Pick<Observation, 'batchSize' | 'outcome' | 'epochs' | 'reachedEpochLimit' | 'imported'>;
/** Losses that are nobody's fault leave no trace but the measurements that were really taken. */
export declare function learn(memory: Memory, observation: Observation, job: Job, parameters: Parameters): Memory;
/** One run that converged or failed in a way that teaches about epochs; any other changes nothing. */
export declare function recordRun(memory: Memory, run: FinishedRun, job: Job, parameters: Parameters): Memory;
//# sourceMappingURL=learn.d.ts.map