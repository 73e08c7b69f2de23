/** The profile of a run's limits: what earlier runs measured, what is measured next, and what has been measured here. No I/O. */
import type { PowerMeasurement } from '../../policy/facts';
import type { EnergyReading } from '../gpu/driver';
import { isNear } from '../gpu/lease/limits';
import type { RunCondition } from '../gpu/meter';
import { type Profiler, createProfiler } from '../gpu/profile';
import { type Circumstances, windowRules } from '../gpu/profileWindow';
import { type Reading, minus, nothing, plus } from '../gpu/reading';
import type { RunPlan } from './ending';
import type { TrainingEvent } from './trainer';

export class RunProfile {
  private profiler: Profiler;
  private readonly known: readonly PowerMeasurement[];
  /** What evaluations took so far: a profile is of training alone. */
  private evaluating: Reading = nothing;

  /** Windows are as short as the trainer's reports until {@link measureBy} says how energy is read. */
  constructor(private readonly plan: RunPlan) {
    const { powerLimitWatts, profiled } = plan.decision;
    this.known = powerLimitWatts === null ? (profiled ?? []) : [];
    this.profiler = this.profilerBy('exact');
  }

  /** Before the first event. */
  measureBy(energy: EnergyReading): void {
    this.profiler = this.profilerBy(energy);
  }

  /** The limit to be measured now, watts; undefined once there is nothing more to measure. */
  get limitWatts(): number | undefined {
    return this.profiler.limitWatts;
  }

  /** Of the running batch size, here and before. */
  get all(): readonly PowerMeasurement[] {
    return [...(this.plan.decision.profiled ?? []), ...this.profiler.measurements];
  }

  /** A run that ended in the middle of its profile has not found the best limit: what it measured counts as probes. */
  get measurements(): readonly PowerMeasurement[] {
    const { measurements, isWhole } = this.profiler;
    if (!isWhole) return measurements.map((at) => ({ ...at, source: 'probe' }));
    return [...this.known.map((at): PowerMeasurement => ({ ...at, source: 'profile' })), ...measurements];
  }

  /** What is in force, and since which second of the run. */
  hold(inForceWatts: number, seconds: number): void {
    this.profiler = this.profiler.hold(inForceWatts, seconds - this.evaluating.seconds);
  }

  advance(reading: Reading, circumstances: Circumstances): void {
    this.profiler = this.profiler.advance(minus(reading, this.evaluating), circumstances);
  }

  /** What an evaluation took. */
  leaveOut(taken: Reading): void {
    this.evaluating = plus(this.evaluating, taken);
  }

  /** Nothing more is measured. */
  end(): void {
    this.profiler = this.profiler.end();
  }

  private profilerBy(energy: EnergyReading): Profiler {
    const { decision, gpus } = this.plan;
    const limitsWatts = decision.powerLimitWatts === null ? gpus.powerLimitsWatts : [];
    return createProfiler({
      batchSize: decision.batchSize,
      limitsWatts,
      known: this.known,
      rules: windowRules[energy],
    });
  }
}

/** An event as it was seen. */
export interface Seen {
  readonly event: TrainingEvent;
  /** Where the run stood at the event before. */
  readonly before: Reading;
  /** The limit that was to be in force. */
  readonly inForceWatts: number;
  readonly condition: RunCondition | undefined;
}

export function circumstancesOf({ event, before, inForceWatts, condition }: Seen): Circumstances {
  const { limitsWatts = [], heldBack = false, enforcedWatts = Infinity } = condition ?? {};
  const wentBack = event.kind === 'progress' && event.epochs < before.epochs;
  const moved = limitsWatts.some((watts) => !isNear(watts, inForceWatts));
  const capped = enforcedWatts < inForceWatts && !isNear(enforcedWatts, inForceWatts);
  return {
    disturbed: wentBack || heldBack || moved,
    iterationsPerEpoch: event.kind === 'progress' ? event.iterationsPerEpoch : undefined,
    enforcedWatts: capped ? enforcedWatts : undefined,
  };
}
