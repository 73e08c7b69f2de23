/** How a run ends after an epoch: at its target, at the job's epoch limit, or before it gets too dear. No I/O. */
import { epochCostJoules, maxPowerWatts, zeusCostJoules } from '../../policy/cost';
import type { Gpus, Outcome, PowerMeasurement } from '../../policy/facts';
import type { Decision } from '../../policy/policy';
import type { JobSpec } from '../../workflows/contracts';
import type { Reading } from '../gpu/reading';

export interface RunPlan {
  readonly decision: Decision;
  readonly spec: JobSpec;
  readonly gpus: Gpus;
}

export interface Ending {
  readonly outcome: Outcome;
  readonly detail?: string;
  readonly reachedEpochLimit: boolean;
}

/** An ending with what people should know besides, if there is something. */
export function remarked(ending: Ending, remark: string | undefined): Ending {
  if (remark === undefined) return ending;
  return { ...ending, detail: ending.detail === undefined ? remark : `${ending.detail}; ${remark}` };
}

/** What is known of a run when one of its epochs was evaluated. */
export interface Standing {
  readonly epoch: number;
  readonly metric: number;
  readonly wholeEpochs: number;
  readonly reading: Reading;
  /** Its average at the limit that it holds, if it holds one yet. */
  readonly running: PowerMeasurement | undefined;
}

/** Undefined if it goes on. */
export function endingAfter(standing: Standing, plan: RunPlan): Ending | undefined {
  const { target, maxEpochs } = plan.spec;
  const { epoch, metric } = standing;
  if (!Number.isFinite(metric)) {
    const detail = `${target.metric} became ${metric} in epoch ${epoch}`;
    return { outcome: 'diverged', detail, reachedEpochLimit: false };
  }
  if (isReached(target, metric)) return { outcome: 'converged', reachedEpochLimit: false };
  if (epoch >= maxEpochs) return { outcome: 'diverged', reachedEpochLimit: true };
  return wouldExceedCeiling(standing, plan) ? { outcome: 'tooDear', reachedEpochLimit: false } : undefined;
}

/** Never by a metric that is not finite. */
export function isReached({ direction, value }: JobSpec['target'], metric: number): boolean {
  if (!Number.isFinite(metric)) return false;
  return direction === 'atLeast' ? metric >= value : metric <= value;
}

/** Zeus stops a run before the epoch that would pass the bound, not after it. */
function wouldExceedCeiling({ reading, running, wholeEpochs }: Standing, { decision, gpus }: RunPlan): boolean {
  const ceiling = decision.costCeilingJoules;
  if (ceiling === null) return false;
  const { eta } = decision.objective;
  const maxPower = maxPowerWatts(gpus);
  const soFar = zeusCostJoules(reading.joules, reading.seconds, eta, maxPower);
  // While limits are profiled, the next epoch is like those before.
  const next = running === undefined ? soFar / wholeEpochs : epochCostJoules(running, eta, maxPower);
  return soFar + next > ceiling;
}
