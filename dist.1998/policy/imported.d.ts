/** What is different about a run that this job did not make: it counts for less, replaces nothing, and may lack its epochs. */
import type { Observation, PowerMeasurement, UnknownField } from './facts';
import { type Memory } from './memory';
type Origin = Pick<Observation, 'imported'>;
export declare function weightOf({ imported }: Origin): number;
export declare function isUnknown({ imported }: Origin, field: UnknownField): boolean;
/** What of its measurements is to be recorded: what was measured here is never replaced by what is told from elsewhere. */
export declare function measurementsOf(memory: Memory, observation: Observation): readonly PowerMeasurement[];
/** A run that converged after nobody knows how many epochs: its time says how batch sizes compare on that GPU model. */
export declare function recordTimed(memory: Memory, { gpuModel, batchSize, seconds, ...run }: Observation): Memory;
export {};
//# sourceMappingURL=imported.d.ts.map