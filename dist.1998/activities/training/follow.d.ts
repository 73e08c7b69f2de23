import type { LimitHeld, PowerMeasurement } from '../../policy/facts';
import { type RunOrders } from '../../policy/override';
import type { EnergyReading } from '../gpu/driver';
import type { LimitSet } from '../gpu/lease/powerLease';
import type { RunCondition } from '../gpu/meter';
import { type Reading } from '../gpu/profileWindow';
import { type Ending, type RunPlan } from './ending';
import type { ProbedSize } from './probe';
import type { TrainingEvent } from './trainer';
export type { Ending, RunPlan } from './ending';
/** What a heartbeat says of a run under way. */
export interface Progress extends Reading {
    readonly powerLimitWatts: number;
}
export declare class Follower {
    private readonly plan;
    private profiler;
    private readonly known;
    private readonly chosen;
    private readonly limitsHeld;
    /** The limit really in force. */
    private inForceWatts;
    private foreign;
    private orders;
    private probed;
    private wholeEpochs;
    private latest;
    /** What evaluations took so far: a profile is of training alone. */
    private evaluating;
    /** Windows are as short as the trainer's reports until {@link measureBy} says how energy is read. */
    constructor(plan: RunPlan);
    /** Before the first event. */
    measureBy(energy: EnergyReading): void;
    /** The limit that must be in force now, watts; that of an administrator, who is not contradicted. */
    get limitWatts(): number;
    /** Windows are open: energy must be read as exactly as can be. */
    get isProfiling(): boolean;
    /** False once somebody else moved a limit: from then on none is set any more. */
    get mayBeSet(): boolean;
    get progress(): Progress;
    /** Whole epochs evaluated so far. */
    get epochs(): number;
    /** Speed and power of the run at its final limit; undefined until both are known. */
    runningAt(now: Reading): PowerMeasurement | undefined;
    /** Takes note of what came of setting `limitWatts`, at `seconds` of the run. */
    held(set: LimitSet, seconds: number): void;
    /** What was measured of the limits of the running batch size, here and before; empty while they are being measured. */
    get limitProfile(): readonly PowerMeasurement[];
    get heldLimits(): readonly LimitHeld[];
    get ordered(): RunOrders;
    /** Another limit from now on, by the grid. False where it may not be: a profile and an administrator come first. */
    steer(watts: number): boolean;
    /** The operator's word: it ends a profile that it leaves no room for. False where an administrator of the host came first. */
    obey(orders: RunOrders): boolean;
    /** Takes note of an event; answers how the run ends, or undefined if it goes on. */
    see(event: TrainingEvent, reading: Reading, condition?: RunCondition): Ending | undefined;
    /** Takes note of probes that ended at `now`; their time is kept out of the run's own average. */
    notice(probed: readonly ProbedSize[], now: Reading): void;
    get outOfMemoryBatchSizes(): readonly number[];
    /** Everything measured so far. The average of the run so far replaces the window at the chosen limit. */
    measurements(now: Reading): readonly PowerMeasurement[];
    /** The ending with what people should know of the limit. */
    remarked(ending: Ending): Ending;
    /** By this name the limit in force is known to profiles. */
    private get selectableInForce();
    /** A run that ended in the middle of its profile has not found the best limit: what it measured counts as probes. */
    private get profiled();
    private profilerBy;
    private circumstances;
    private profile;
    /** Once there is nothing more to measure. */
    private choose;
    /** The limit to hold by what is known, and by the operator's word. */
    private get best();
    private yieldTo;
    private endingAfter;
}
//# sourceMappingURL=follow.d.ts.map