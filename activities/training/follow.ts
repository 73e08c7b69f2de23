/** Follows one run: which power limit must be in force, when to stop, what was measured. No I/O: events in, steps out. */
import { epochCostJoules, maxPowerWatts, zeusCostJoules } from '../../policy/cost';
import type { Gpus, Outcome, PowerMeasurement } from '../../policy/facts';
import type { Decision } from '../../policy/policy';
import { choosePowerLimit } from '../../policy/powerLimit';
import type { Probed } from '../../policy/probes';
import type { JobSpec } from '../../workflows/contracts';
import { type Profiler, type Reading, createProfiler, measurementBetween } from '../gpu/profile';
import type { TrainingEvent } from './trainer';

export interface RunPlan {
  readonly decision: Decision;
  readonly spec: JobSpec;
  readonly gpus: Gpus;
}

/** What a heartbeat says of a run under way. */
export interface Progress extends Reading {
  readonly powerLimitWatts: number;
}

export interface Ending {
  readonly outcome: Outcome;
  readonly detail?: string;
  readonly reachedEpochLimit: boolean;
}

const nothing: Reading = { epochs: 0, seconds: 0, joules: 0 };

export class Follower {
  private profiler: Profiler;
  private chosenWatts: number | undefined;
  /** Since when the chosen limit is in force. */
  private heldSince: Reading | undefined;
  private probed: readonly Probed[] = [];
  private wholeEpochs = 0;
  private latest: Reading = nothing;
  /** What evaluations took so far: a profile is of training alone. */
  private evaluating: Reading = nothing;

  constructor(private readonly plan: RunPlan) {
    const { decision, gpus } = plan;
    this.chosenWatts = decision.powerLimitWatts ?? undefined;
    this.profiler = createProfiler(decision.batchSize, this.chosenWatts === undefined ? gpus.powerLimitsWatts : []);
  }

  /** The limit that must be in force now, watts. */
  get limitWatts(): number {
    return this.profiler.limitWatts ?? this.chosenWatts ?? Math.max(...this.plan.gpus.powerLimitsWatts);
  }

  get progress(): Progress {
    return { ...this.latest, powerLimitWatts: this.limitWatts };
  }

  /** Whole epochs evaluated so far. */
  get epochs(): number {
    return this.wholeEpochs;
  }

  /** Speed and power of the run at its final limit; undefined until both are known. */
  runningAt(now: Reading): PowerMeasurement | undefined {
    const all = this.measurements(now).filter(({ batchSize }) => batchSize === this.plan.decision.batchSize);
    return all.findLast(({ powerLimitWatts }) => powerLimitWatts === this.chosenWatts);
  }

  /** Takes note of an event; answers how the run ends, or undefined if it goes on. */
  see(event: TrainingEvent, reading: Reading): Ending | undefined {
    const before = this.latest;
    this.latest = reading;
    switch (event.kind) {
      case 'failed':
        return { outcome: event.failure, detail: event.detail, reachedEpochLimit: false };
      case 'progress':
        this.profile(reading);
        return undefined;
      case 'epoch':
        this.wholeEpochs = Math.max(this.wholeEpochs, event.epoch);
        if (reading.epochs > before.epochs) this.profile(reading);
        else this.evaluating = plus(this.evaluating, minus(reading, before));
        return this.endingAfter(event.epoch, event.metric, reading);
    }
  }

  /** Takes note of probes that ended at `now`; their time is kept out of the run's own average. */
  notice(probed: readonly Probed[], now: Reading): void {
    this.probed = [...this.probed, ...probed];
    this.heldSince = now;
  }

  get outOfMemoryBatchSizes(): readonly number[] {
    return this.probed.filter(({ measurement }) => measurement === null).map(({ batchSize }) => batchSize);
  }

  /** Everything measured so far. The average of the run so far replaces the window at the chosen limit. */
  measurements(now: Reading): readonly PowerMeasurement[] {
    const { batchSize } = this.plan.decision;
    const held =
      this.heldSince === undefined || this.chosenWatts === undefined
        ? undefined
        : measurementBetween(this.heldSince, now, { batchSize, powerLimitWatts: this.chosenWatts, source: 'run' });
    const probed = this.probed.map(({ measurement }) => measurement).filter((measurement) => measurement !== null);
    return [...this.profiled, ...probed, ...(held === undefined ? [] : [held])];
  }

  /** A run that ended in the middle of its profile has not found the best limit: what it measured counts as probes. */
  private get profiled(): readonly PowerMeasurement[] {
    const { measurements, limitWatts } = this.profiler;
    return limitWatts === undefined ? measurements : measurements.map((at) => ({ ...at, source: 'probe' }));
  }

  private profile(reading: Reading): void {
    this.profiler = this.profiler.advance(minus(reading, this.evaluating));
    if (this.profiler.limitWatts !== undefined) return;
    this.chosenWatts ??= this.bestLimit();
    this.heldSince ??= reading;
  }

  private bestLimit(): number {
    const { decision, gpus } = this.plan;
    const choose = choosePowerLimit(decision.objective.eta, maxPowerWatts(gpus), decision.pace);
    return choose(this.profiler.measurements).powerLimitWatts;
  }

  private endingAfter(epoch: number, metric: number, reading: Reading): Ending | undefined {
    const { target, maxEpochs } = this.plan.spec;
    if (!Number.isFinite(metric)) {
      return {
        outcome: 'diverged',
        detail: `${target.metric} became ${metric} in epoch ${epoch}`,
        reachedEpochLimit: false,
      };
    }
    const reached = target.direction === 'atLeast' ? metric >= target.value : metric <= target.value;
    if (reached) return { outcome: 'converged', reachedEpochLimit: false };
    if (epoch >= maxEpochs) return { outcome: 'diverged', reachedEpochLimit: true };
    return this.wouldExceedCeiling(reading) ? { outcome: 'tooDear', reachedEpochLimit: false } : undefined;
  }

  /** Zeus stops a run before the epoch that would pass the bound, not after it. */
  private wouldExceedCeiling(reading: Reading): boolean {
    const { decision, gpus } = this.plan;
    const ceiling = decision.costCeilingJoules;
    if (ceiling === null) return false;
    const { eta } = decision.objective;
    const maxPower = maxPowerWatts(gpus);
    const soFar = zeusCostJoules(reading.joules, reading.seconds, eta, maxPower);
    const held = this.measurements(reading).find(({ source }) => source === 'run');
    // While limits are profiled, the next epoch is like those before.
    const next = held === undefined ? soFar / this.wholeEpochs : epochCostJoules(held, eta, maxPower);
    return soFar + next > ceiling;
  }
}

function plus(a: Reading, b: Reading): Reading {
  return { epochs: a.epochs + b.epochs, seconds: a.seconds + b.seconds, joules: a.joules + b.joules };
}

function minus(a: Reading, b: Reading): Reading {
  return { epochs: a.epochs - b.epochs, seconds: a.seconds - b.seconds, joules: a.joules - b.joules };
}
