/** The runs that train in this process, for those who steer them meanwhile: the carbon timer, an operator. */
import type { PowerMeasurement } from '../../policy/facts';
import type { RunOrders } from '../../policy/override';
import type { Pace } from '../../policy/powerLimit';
import type { Progress } from './follow';
import type { GridTerms } from './gridLog';
export interface SteerableRun {
    /** Of the running batch size; empty until its limits are all measured. */
    readonly limitProfile: readonly PowerMeasurement[];
    readonly progress: Progress;
    readonly maxPowerWatts: number;
    readonly pace: Pace;
    /** Sets another limit, in watts, at once. False where it may not be: a profile and an administrator come first. */
    hold(watts: number): Promise<boolean>;
    /** The operator's word from now on, at once. False where an administrator of the host came first. */
    obey(orders: RunOrders): Promise<boolean>;
    /** The operator's word so far. */
    readonly orders: RunOrders;
    /** From now on the run trains under these. */
    note(terms: GridTerms): void;
}
export declare class RunsUnderWay {
    private readonly runs;
    find(key: string): SteerableRun | undefined;
    during<T>(key: string, run: SteerableRun, work: () => Promise<T>): Promise<T>;
}
//# sourceMappingURL=underWay.d.ts.map