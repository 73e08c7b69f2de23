import { type Forecaster } from '../policy/forecast';
import { type GridPolicy, type Weighing } from '../policy/gridWeight';
import type { CarbonSeries } from './carbonSeries';
import { type Chooser, type Ground } from './carbonRun';
/** What was known at the end of each hour of a zone. */
export type Forecasters = readonly Forecaster[];
export declare function forecastersOf({ beginsAt, gramsPerKwh }: CarbonSeries): Forecasters;
export interface Played {
    readonly ground: Ground;
    readonly forecasters: Forecasters;
    readonly policy: GridPolicy;
    /** Of `wattbandit`, which stands still while a price is held; Chase has its own for each run. */
    readonly reference: number;
}
/** How one run chooses under the policy with this η at the reference. The hour's intensity counts as known. */
export declare function chooserOf({ ground, forecasters, policy, reference }: Played, start: number, eta: number): Chooser;
export declare function weighingOf({ curve }: Ground, eta: number): Weighing;
/** The bound that no run exceeds, on our own forecast. */
export declare function deadlineChooser({ ground, forecasters, reference }: Played, slowdown: number): Chooser;
//# sourceMappingURL=carbonPolicies.d.ts.map