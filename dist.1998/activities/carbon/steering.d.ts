/** From what is known of a job, its run and its grid to the question that the policy answers in each slot. Pure. */
import type { WeighContext } from '../../policy/carbon';
import type { PowerMeasurement } from '../../policy/facts';
import type { Steering } from '../../policy/gridDecision';
import { type SignalDigest } from '../../policy/signalDigest';
import type { GridView } from './gridWatch';
/** What the signal is compared with by a run that begins, or began, at an instant; null: not known yet. */
export declare function referenceFor(policy: Steering['policy'], known: SignalDigest, beganAt: string): number | null;
export interface Standing {
    readonly epochs: number;
    readonly seconds: number;
}
export interface Sight {
    readonly steering: Steering;
    readonly view: GridView;
    readonly known: SignalDigest | null;
    /** Of the running batch size. */
    readonly profile: readonly PowerMeasurement[];
    readonly standing: Standing;
}
export declare function contextOf(sight: Sight): WeighContext;
//# sourceMappingURL=steering.d.ts.map