/** What is different about a run that this job did not make: it counts for less, replaces nothing, and may lack its epochs. */
import type { Observation, PowerMeasurement, UnknownField } from './facts';
import { gpuOf, type Memory, timedOf } from './memory';

type Origin = Pick<Observation, 'imported'>;

export function weightOf({ imported }: Origin): number {
  return imported?.weight ?? 1;
}

export function isUnknown({ imported }: Origin, field: UnknownField): boolean {
  return imported?.unknown?.includes(field) === true;
}

/** What of its measurements is to be recorded: what was measured here is never replaced by what is told from elsewhere. */
export function measurementsOf(memory: Memory, observation: Observation): readonly PowerMeasurement[] {
  const { measurements, gpuModel, imported } = observation;
  if (imported === undefined) return measurements;
  const { sizes } = gpuOf(memory, gpuModel);
  return measurements.filter((at) => sizes[at.batchSize]?.limits[at.powerLimitWatts] === undefined);
}

/** A run that converged after nobody knows how many epochs: its time says how batch sizes compare on that GPU model. */
export function recordTimed(memory: Memory, { gpuModel, batchSize, seconds, ...run }: Observation): Memory {
  if (!(seconds > 0)) return memory;
  const weight = weightOf(run);
  const { n, logs } = timedOf(memory, gpuModel, batchSize);
  const ofModel = {
    ...memory.timed?.[gpuModel],
    [batchSize]: { n: n + weight, logs: logs + weight * Math.log(seconds) },
  };
  return { ...memory, timed: { ...memory.timed, [gpuModel]: ofModel } };
}
