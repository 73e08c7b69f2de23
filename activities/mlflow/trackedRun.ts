/** A recurrence's run as MLflow is told of it: parameters, metrics, tags. No I/O. */
import { counterfactualOf } from '../../policy/counterfactual';
import { emissionsOf } from '../../policy/emissions';
import type { Gpus, LimitHeld, LimitSpeed, Observation } from '../../policy/facts';
import type { Decision } from '../../policy/policy';
import type { JobSpec } from '../../workflows/contracts';

/** A run that was told to its bandit. */
export interface ToldRun {
  readonly job: string;
  readonly target: JobSpec['target'];
  readonly decision: Pick<Decision, 'id' | 'policy' | 'mode' | 'batchSize' | 'objective' | 'reason' | 'profiled'>;
  readonly gpus: Gpus;
  readonly observation: Observation;
}

export interface TrackedRun {
  readonly name: string;
  /** Its identity: publishing it again changes nothing. */
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
  /** Joules, seconds, grams; shares are of what maximum power would have taken. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly endedAt: Date;
  readonly status: 'FINISHED' | 'FAILED' | 'KILLED';
}

export const idTag = 'wattbandit.run';

export function trackedRunOf(told: ToldRun, endedAt: Date): TrackedRun {
  const { job, target, decision, gpus, observation } = told;
  const { batchSize, powerLimitWatts, outcome, slot, attempt, detail } = observation;
  return {
    name: `${job} ${slot}/${attempt}`,
    id: `${job}/${decision.id}`,
    tags: {
      [idTag]: `${job}/${decision.id}`,
      'wattbandit.job': job,
      'wattbandit.outcome': outcome,
      'wattbandit.reason': decision.reason,
      ...(detail === undefined ? {} : { 'wattbandit.detail': detail }),
    },
    params: {
      slot,
      attempt: String(attempt),
      batchSize: String(batchSize),
      powerLimitWatts: String(powerLimitWatts),
      eta: String(decision.objective.eta),
      policy: decision.policy,
      mode: decision.mode,
      gpuModel: gpus.model,
      gpus: String(gpus.count),
      target: `${target.metric} ${target.direction} ${target.value}`,
    },
    metrics: metricsOf(told),
    endedAt,
    status: statusOf(outcome),
  };
}

function metricsOf(told: ToldRun): Record<string, number> {
  const { joules, seconds, epochs } = told.observation;
  const all = { joules, seconds, epochs, ...emissionsIn(told.observation), ...savingsOf(told) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => Number.isFinite(value)));
}

/** As far as the grid's signal is known; nothing is extrapolated. */
function emissionsIn({ joules, grid }: Observation): Record<string, number> {
  if (grid === undefined) return {};
  const { amount, knownJoules } = emissionsOf(joules, grid.intervals);
  if (knownJoules === 0) return {};
  return grid.kind === 'price' ? { price: amount } : { gramsCo2: amount };
}

/** Against the highest limit, by the run's own profile; nothing where that was not measured. */
function savingsOf({ decision, gpus, observation }: ToldRun): Record<string, number> {
  const { batchSize, powerLimitWatts, seconds, joules, grid, measurements } = observation;
  const measured = [...measurements, ...(decision.profiled ?? [])].filter((at) => at.batchSize === batchSize);
  const limits: readonly LimitHeld[] = grid?.limits ?? [{ powerLimitWatts, seconds, joules }];
  const profile: readonly LimitSpeed[] = grid?.profile ?? measured;
  if (!profile.some((at) => at.powerLimitWatts === Math.max(...gpus.powerLimitsWatts))) return {};
  const other = counterfactualOf(limits, profile);
  if (other === null) return {};
  const { maxPower } = other;
  return { savedEnergyShare: 1 - 1 / maxPower.joules, slowdownShare: 1 / maxPower.seconds - 1 };
}

function statusOf(outcome: Observation['outcome']): TrackedRun['status'] {
  switch (outcome) {
    case 'converged':
      return 'FINISHED';
    case 'operator':
    case 'preempted':
      return 'KILLED';
    case 'diverged':
    case 'tooDear':
    case 'outOfMemory':
    case 'infrastructure':
      return 'FAILED';
  }
}
