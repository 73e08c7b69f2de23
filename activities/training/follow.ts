/** Follows one run: which power limit must be in force, when to stop, what was measured. No I/O: events in, steps out. */
import { maxPowerWatts } from '../../policy/cost';
import type { LimitHeld, PowerMeasurement } from '../../policy/facts';
import { type RunOrders, fixesLimit, limitUnder, noOrders } from '../../policy/override';
import { choosePowerLimit } from '../../policy/powerLimit';
import type { EnergyReading } from '../gpu/driver';
import type { LimitSet } from '../gpu/lease/powerLease';
import { isNear } from '../gpu/lease/limits';
import { selectableFor } from '../gpu/limitInForce';
import type { RunCondition } from '../gpu/meter';
import { type Profiler, createProfiler } from '../gpu/profile';
import { type Circumstances, type Reading, windowRules } from '../gpu/profileWindow';
import { ChosenLimit } from './chosenLimit';
import { type Ending, type RunPlan, endingAfter } from './ending';
import { LimitsHeld } from './limitsHeld';
import type { ProbedSize } from './probe';
import type { TrainingEvent } from './trainer';

export type { Ending, RunPlan } from './ending';

/** What a heartbeat says of a run under way. */
export interface Progress extends Reading {
  readonly powerLimitWatts: number;
}

/** A limit that is not ours to move, and what people should know of it. */
interface Given {
  readonly watts: number;
  readonly remark?: string;
}

const nothing: Reading = { epochs: 0, seconds: 0, joules: 0 };

export class Follower {
  private profiler: Profiler;
  private readonly known: readonly PowerMeasurement[];
  private readonly chosen: ChosenLimit;
  private readonly limitsHeld = new LimitsHeld();
  /** The limit really in force. */
  private inForceWatts: number | undefined;
  private given: Given | undefined;
  private orders: RunOrders = noOrders;
  private probed: readonly ProbedSize[] = [];
  private wholeEpochs = 0;
  private latest: Reading = nothing;
  /** What evaluations took so far: a profile is of training alone. */
  private evaluating: Reading = nothing;

  /** Windows are as short as the trainer's reports until {@link measureBy} says how energy is read. */
  constructor(private readonly plan: RunPlan) {
    const { powerLimitWatts, profiled } = plan.decision;
    this.chosen = new ChosenLimit(plan.decision.batchSize, powerLimitWatts ?? undefined);
    this.known = powerLimitWatts === null ? (profiled ?? []) : [];
    this.profiler = this.profilerBy('exact');
    this.choose();
  }

  /** Before the first event. */
  measureBy(energy: EnergyReading): void {
    this.profiler = this.profilerBy(energy);
  }

  /** The limit that must be in force now, watts; that of an administrator, who is not contradicted. */
  get limitWatts(): number {
    const { powerLimitsWatts } = this.plan.gpus;
    return this.given?.watts ?? this.profiler.limitWatts ?? this.chosen.watts ?? Math.max(...powerLimitsWatts);
  }

  /** Windows are open: energy must be read as exactly as can be. */
  get isProfiling(): boolean {
    return this.given === undefined && this.profiler.limitWatts !== undefined;
  }

  /** False where the limit is to be left alone, and once somebody else moved it: from then on none is set any more. */
  get mayBeSet(): boolean {
    return this.given === undefined;
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
    if (this.isProfiling) return undefined;
    const all = this.measurements(now).filter(({ batchSize }) => batchSize === this.plan.decision.batchSize);
    return all.findLast(({ powerLimitWatts }) => powerLimitWatts === this.chosen.finalWatts);
  }

  /** Before the first event: the limit in force stays, and nothing is measured but the run itself. */
  leaveAlone(watts: number): void {
    const selectable = this.plan.gpus.powerLimitsWatts.find((each) => isNear(each, watts)) ?? watts;
    this.given = { watts: selectable };
    this.chosen.change(selectable, this.latest);
  }

  /** Takes note of what came of setting `limitWatts`, at `seconds` of the run. */
  held(set: LimitSet, seconds: number): void {
    this.inForceWatts = set.watts;
    if (set.kind === 'foreign') return this.yieldTo(set.watts, foreignRemark(set));
    this.chosen.held(this.selectableInForce);
    this.profiler = this.profiler.hold(set.watts, seconds - this.evaluating.seconds);
    this.choose();
  }

  /** What was measured of the limits of the running batch size, here and before; empty while they are being measured. */
  get limitProfile(): readonly PowerMeasurement[] {
    return this.isProfiling ? [] : [...(this.plan.decision.profiled ?? []), ...this.profiler.measurements];
  }

  get heldLimits(): readonly LimitHeld[] {
    return this.limitsHeld.all;
  }

  get ordered(): RunOrders {
    return this.orders;
  }

  /** Another limit from now on, by the grid. False where it may not be: a profile and an administrator come first. */
  steer(watts: number): boolean {
    if (this.isProfiling || this.given !== undefined || this.chosen.watts === undefined) return false;
    this.chosen.change(limitUnder(this.orders, watts, this.plan.gpus.powerLimitsWatts), this.latest);
    return true;
  }

  /** The operator's word: it ends a profile that it leaves no room for. False where an administrator of the host came first. */
  obey(orders: RunOrders): boolean {
    this.orders = orders;
    if (this.given !== undefined) return false;
    if (this.isProfiling && !fixesLimit(orders)) return true;
    this.profiler = this.profiler.end();
    this.chosen.change(this.best, this.latest);
    return true;
  }

  /** Takes note of an event; answers how the run ends, or undefined if it goes on. */
  see(event: TrainingEvent, reading: Reading, condition?: RunCondition): Ending | undefined {
    const before = this.latest;
    this.latest = reading;
    this.limitsHeld.add(this.selectableInForce, minus(reading, before));
    switch (event.kind) {
      case 'failed':
        return { outcome: event.failure, detail: event.detail, reachedEpochLimit: false };
      case 'progress':
        this.profile(reading, this.circumstances(event, before, condition));
        return undefined;
      case 'epoch':
        this.wholeEpochs = Math.max(this.wholeEpochs, event.epoch);
        if (reading.epochs > before.epochs) this.profile(reading, this.circumstances(event, before, condition));
        else this.evaluating = plus(this.evaluating, minus(reading, before));
        return this.endingAfter(event.epoch, event.metric, reading);
    }
  }

  /** The run began before this start of it: what came before `reading` was measured under limits that nobody knows. */
  resume(reading: Reading): void {
    this.latest = reading;
    if (this.chosen.watts !== undefined) this.chosen.restart(reading);
  }

  /** Takes note of probes that ended at `now`; their time is kept out of the run's own average. */
  notice(probed: readonly ProbedSize[], now: Reading): void {
    this.probed = [...this.probed, ...probed];
    this.chosen.restart(now);
  }

  get outOfMemoryBatchSizes(): readonly number[] {
    return this.probed.filter(({ outOfMemory }) => outOfMemory).map(({ batchSize }) => batchSize);
  }

  /** Everything measured so far. The average of the run so far replaces the window at the chosen limit. */
  measurements(now: Reading): readonly PowerMeasurement[] {
    const probed = this.probed.map(({ measurement }) => measurement).filter((measurement) => measurement !== null);
    return [...this.profiled, ...probed, ...this.chosen.averages(now)];
  }

  /** The ending with what people should know of the limit. */
  remarked(ending: Ending): Ending {
    const remark = this.given?.remark;
    if (remark === undefined) return ending;
    return { ...ending, detail: ending.detail === undefined ? remark : `${ending.detail}; ${remark}` };
  }

  /** By this name the limit in force is known to profiles. */
  private get selectableInForce(): number {
    const inForce = this.inForceWatts ?? this.limitWatts;
    return selectableFor(this.limitWatts, inForce, this.plan.gpus.powerLimitsWatts);
  }

  /** A run that ended in the middle of its profile has not found the best limit: what it measured counts as probes. */
  private get profiled(): readonly PowerMeasurement[] {
    const { measurements, isWhole } = this.profiler;
    if (!isWhole) return measurements.map((at) => ({ ...at, source: 'probe' }));
    return [...this.known.map((at): PowerMeasurement => ({ ...at, source: 'profile' })), ...measurements];
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

  private circumstances(event: TrainingEvent, before: Reading, condition: RunCondition | undefined): Circumstances {
    const wentBack = event.kind === 'progress' && event.epochs < before.epochs;
    const iterationsPerEpoch = event.kind === 'progress' ? event.iterationsPerEpoch : undefined;
    const { limitsWatts = [], heldBack = false, enforcedWatts = Infinity } = condition ?? {};
    const inForce = this.inForceWatts ?? this.limitWatts;
    const moved = limitsWatts.some((watts) => !isNear(watts, inForce));
    const capped = enforcedWatts < inForce && !isNear(enforcedWatts, inForce);
    return {
      disturbed: wentBack || heldBack || moved,
      iterationsPerEpoch,
      enforcedWatts: capped ? enforcedWatts : undefined,
    };
  }

  private profile(reading: Reading, circumstances: Circumstances): void {
    if (this.isProfiling) this.profiler = this.profiler.advance(minus(reading, this.evaluating), circumstances);
    this.choose();
    this.chosen.seen(reading);
  }

  /** Once there is nothing more to measure. */
  private choose(): void {
    if (this.profiler.limitWatts !== undefined || this.chosen.watts !== undefined) return;
    this.chosen.choose(this.best);
  }

  /** The limit to hold by what is known, and by the operator's word. */
  private get best(): number {
    const { decision, gpus } = this.plan;
    const all = this.limitProfile;
    const under = this.orders.eta ?? decision.objective.eta;
    const choose = choosePowerLimit(under, maxPowerWatts(gpus), decision.pace);
    // Nothing can be measured where something else caps the GPUs below every limit.
    const unmeasured = decision.powerLimitWatts ?? Math.max(...gpus.powerLimitsWatts);
    const chosen = all.length === 0 ? unmeasured : choose(all).powerLimitWatts;
    return limitUnder(this.orders, chosen, gpus.powerLimitsWatts);
  }

  private yieldTo(watts: number, remark: string): void {
    this.given = { watts, remark };
    this.chosen.change(watts, this.latest);
    this.chosen.restart(this.latest);
  }

  private endingAfter(epoch: number, metric: number, reading: Reading): Ending | undefined {
    const running = this.chosen.average(reading);
    return endingAfter({ epoch, metric, wholeEpochs: this.wholeEpochs, reading, running }, this.plan);
  }
}

function foreignRemark({ uuid, watts }: Extract<LimitSet, { kind: 'foreign' }>): string {
  return `somebody else set the power limit of GPU ${uuid} to ${watts} W while it trained; that was left alone`;
}

function plus(a: Reading, b: Reading): Reading {
  return { epochs: a.epochs + b.epochs, seconds: a.seconds + b.seconds, joules: a.joules + b.joules };
}

function minus(a: Reading, b: Reading): Reading {
  return { epochs: a.epochs - b.epochs, seconds: a.seconds - b.seconds, joules: a.joules - b.joules };
}
