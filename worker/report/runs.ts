/** A run as reports see it, and the period that it belongs to. */
import type { GridRecord, Observation } from '../../policy/facts';

export interface Period {
  readonly fromAt: string;
  /** Exclusive. */
  readonly toAt: string;
}

export interface ReportedRun extends Pick<
  Observation,
  'slot' | 'attempt' | 'gpuModel' | 'batchSize' | 'powerLimitWatts' | 'outcome' | 'seconds' | 'joules'
> {
  readonly job: string;
  /** By the grid's clock where it followed one, which for simulated runs is that of their slot. */
  readonly endedAt: string;
  readonly grid: GridRecord | null;
}

/** `toldAt` counts for runs without a grid. */
export function reportedRun(job: string, observation: Observation, toldAt: string): ReportedRun {
  const { slot, attempt, gpuModel, batchSize, powerLimitWatts, outcome, seconds, joules, grid } = observation;
  const endedAt = grid?.intervals.at(-1)?.toAt ?? toldAt;
  const choice = { gpuModel, batchSize, powerLimitWatts };
  return { job, slot, attempt, ...choice, outcome, seconds, joules, endedAt, grid: grid ?? null };
}

/** A run counts whole in the period in which it ended. */
export function isIn({ fromAt, toAt }: Period, instant: string): boolean {
  const at = Date.parse(instant);
  return at >= Date.parse(fromAt) && at < Date.parse(toAt);
}
