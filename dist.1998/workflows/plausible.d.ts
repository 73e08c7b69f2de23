/** Which observations are believed. Numbers come from outside and JSON turns NaN into null: nothing is taken on trust. */
import type { Job, Observation } from '../policy/facts';
import type { Decision } from '../policy/policy';
type Bounds = Pick<Job, 'batchSizes' | 'maxEpochs'>;
/** Why this observation must not teach anything, or undefined if it may. */
export declare function doubt(observation: Observation, decision: Decision, job: Bounds): string | undefined;
/** The same for an observation that no decision of this job asked for. */
export declare function doubtImported(observation: Observation, job: Bounds): string | undefined;
export {};
//# sourceMappingURL=plausible.d.ts.map