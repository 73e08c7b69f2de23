/** Follows one run: which power limit must be in force, when to stop, what was measured. No I/O: events in, steps out. */
import type { LimitHeld, PowerMeasurement } from '../../policy/facts';
import { type RunOrders, fixesLimit, limitUnder, noOrders } from '../../policy/override';
import type { EnergyReading } from '../gpu/driver';
import type { LimitSet } from '../gpu/lease/powerLease';
import { isNear } from '../gpu/lease/limits';
import { selectableFor } from '../gpu/limitInForce';
import type { RunCondition } from '../gpu/meter';
import { type Reading, minus, nothing } from '../gpu/reading';
import { bestLimit } from './bestLimit';
import { ChosenLimit } from './chosenLimit';
import { type Ending, type RunPlan, endingAfter, remarked } from './ending';
import { LimitsHeld } from './limitsHeld';
import type { ProbedSize } from './probe';
import { type Seen, RunProfile, circumstancesOf } from './runProfile';
import type { TrainingEvent } from './trainer';

/** What a heartbeat says of a run under way. */
export interface Progress extends Reading {
  readonly powerLimitWatts: number;
}

/** A limit that is not ours to move, and what people should know of it. */
interface Given {
  readonly watts: number;
  readonly remark?: string;
}

export class Follower {
  private readonly profile: RunProfile;
  private readonly chosen: ChosenLimit;
  private readonly limitsHeld = new LimitsHeld();
  /** The limit really in force, once that is known. */
  private heldWatts: number | undefined;
  private given: Given | undefined;
  private orders: RunOrders = noOrders;
  private probed: readonly ProbedSize[] = [];
  private wholeEpochs = 0;
  private latest: Reading = nothing;

  constructor(private readonly plan: RunPlan) {
    this.profile = new RunProfile(plan);
    this.chosen = new ChosenLimit(plan.decision.batchSize, plan.decision.powerLimitWatts ?? undefined);
    this.choose();
  }

  /** Before the first event. */
  measureBy(energy: EnergyReading): void {
    this.profile.measureBy(energy);
  }

  /** Before the first event: the limit in force stays, and nothing is measured but the run itself. */
  leaveAlone(watts: number): void {
    const selectable = this.plan.gpus.powerLimitsWatts.find((each) => isNear(each, watts)) ?? watts;
    this.given = { watts: selectable };
    this.chosen.change(selectable, this.latest);
  }

  /** The run began before this start of it: what came before `reading` was measured under limits that nobody knows. */
  resume(reading: Reading): void {
    this.latest = reading;
    if (this.chosen.watts !== undefined) this.chosen.restart(reading);
  }

  /** The limit that must be in force now, watts; that of an administrator, who is not contradicted. */
  get limitWatts(): number {
    const { powerLimitsWatts } = this.plan.gpus;
    return this.given?.watts ?? this.profile.limitWatts ?? this.chosen.watts ?? Math.max(...powerLimitsWatts);
  }

  /** Windows are open: energy must be read as exactly as can be. */
  get isProfiling(): boolean {
    return this.given === undefined && this.profile.limitWatts !== undefined;
  }

  /** False where the limit is to be left alone, and once somebody else moved it: from then on none is set any more. */
  get mayBeSet(): boolean {
    return this.given === undefined;
  }

  /** Takes note of what came of setting `limitWatts`, at `seconds` of the run. */
  held(set: LimitSet, seconds: number): void {
    this.heldWatts = set.watts;
    if (set.kind === 'foreign') return this.yieldTo(set);
    this.chosen.held(this.selectableInForce);
    this.profile.hold(set.watts, seconds);
    this.choose();
  }

  /** Takes note of an event; answers how the run ends, or undefined if it goes on. */
  see(event: TrainingEvent, reading: Reading, condition?: RunCondition): Ending | undefined {
    const seen = { event, before: this.latest, inForceWatts: this.inForceWatts, condition };
    this.latest = reading;
    this.limitsHeld.add(this.selectableInForce, minus(reading, seen.before));
    switch (event.kind) {
      case 'failed':
        return { outcome: event.failure, detail: event.detail, reachedEpochLimit: false };
      case 'progress':
        this.measure(reading, seen);
        return undefined;
      case 'epoch':
        this.wholeEpochs = Math.max(this.wholeEpochs, event.epoch);
        if (reading.epochs > seen.before.epochs) this.measure(reading, seen);
        else this.profile.leaveOut(minus(reading, seen.before));
        return this.endingAfter(event.epoch, event.metric, reading);
    }
  }

  /** Takes note of probes that ended at `now`; their time is kept out of the run's own average. */
  notice(probed: readonly ProbedSize[], now: Reading): void {
    this.probed = [...this.probed, ...probed];
    this.chosen.restart(now);
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
    this.profile.end();
    this.chosen.change(this.best, this.latest);
    return true;
  }

  get ordered(): RunOrders {
    return this.orders;
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

  /** What was measured of the limits of the running batch size, here and before; empty while they are being measured. */
  get limitProfile(): readonly PowerMeasurement[] {
    return this.isProfiling ? [] : this.profile.all;
  }

  get heldLimits(): readonly LimitHeld[] {
    return this.limitsHeld.all;
  }

  get outOfMemoryBatchSizes(): readonly number[] {
    return this.probed.filter(({ outOfMemory }) => outOfMemory).map(({ batchSize }) => batchSize);
  }

  /** Everything measured so far. The average of the run so far replaces the window at the chosen limit. */
  measurements(now: Reading): readonly PowerMeasurement[] {
    const probed = this.probed.map(({ measurement }) => measurement).filter((measurement) => measurement !== null);
    return [...this.profile.measurements, ...probed, ...this.chosen.averages(now)];
  }

  /** The ending with what people should know of the limit. */
  remarked(ending: Ending): Ending {
    return remarked(ending, this.given?.remark);
  }

  private get inForceWatts(): number {
    return this.heldWatts ?? this.limitWatts;
  }

  /** By this name the limit in force is known to profiles. */
  private get selectableInForce(): number {
    return selectableFor(this.limitWatts, this.inForceWatts, this.plan.gpus.powerLimitsWatts);
  }

  private get best(): number {
    return bestLimit(this.limitProfile, this.orders, this.plan);
  }

  private measure(reading: Reading, seen: Seen): void {
    if (this.isProfiling) this.profile.advance(reading, circumstancesOf(seen));
    this.choose();
    this.chosen.seen(reading);
  }

  /** Once there is nothing more to measure. */
  private choose(): void {
    if (this.profile.limitWatts !== undefined || this.chosen.watts !== undefined) return;
    this.chosen.choose(this.best);
  }

  private yieldTo({ uuid, watts }: Extract<LimitSet, { kind: 'foreign' }>): void {
    const remark = `somebody else set the power limit of GPU ${uuid} to ${watts} W while it trained; that was left alone`;
    this.given = { watts, remark };
    this.chosen.change(watts, this.latest);
    this.chosen.restart(this.latest);
  }

  private endingAfter(epoch: number, metric: number, reading: Reading): Ending | undefined {
    const running = this.chosen.average(reading);
    return endingAfter({ epoch, metric, wholeEpochs: this.wholeEpochs, reading, running }, this.plan);
  }
}
