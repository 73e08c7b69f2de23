/** What a log says of a job: its recurrences in order, each with its runs and the terms under which it was decided. */
import type { Gpus, Job, Objective, Observation } from '../policy/facts';

export interface LoggedRecurrence {
  readonly slot: string;
  /** Under which it was decided: overrides and the grid's weight included. */
  readonly eta: number;
  /** By an operator. */
  readonly pinnedBatchSize?: number;
  /** Those that count; losses that are nobody's fault left out. Not empty. */
  readonly runs: readonly Observation[];
  /** Mean over its runs, gCO₂eq/kWh; null where nobody could tell. */
  readonly gramsPerKwh: number | null;
}

export interface LoggedJob {
  readonly job: Job;
  /** Of the recurrences. What was measured on other models is in `elsewhere`. */
  readonly gpus: Gpus;
  /** Besides η. */
  readonly bounds: Omit<Objective, 'eta'>;
  /** Runs that one recurrence may take. */
  readonly attempts: number;
  readonly recurrences: readonly LoggedRecurrence[];
  /** Facts that taught the job besides: imports, and runs on other GPU models. */
  readonly elsewhere: readonly Observation[];
  /** What the log has and a counterfactual cannot tell. */
  readonly leftOut: readonly string[];
}

export function runsOf({ recurrences }: Pick<LoggedJob, 'recurrences'>): readonly Observation[] {
  return recurrences.flatMap(({ runs }) => runs);
}
