import type { CarbonCurve } from './carbonCurves';
import { type CarbonMode, type CarbonReport } from './carbonReport';
import type { CarbonSeries } from './carbonSeries';
/** `deadline`: no run exceeds the slow-down, instead of the mean. */
export declare const carbonContenders: readonly ["wattbandit", "chase", "static", "deadline", "oracle"];
export type CarbonContender = (typeof carbonContenders)[number];
export interface CarbonOptions {
    readonly zones: readonly CarbonSeries[];
    readonly curves: readonly CarbonCurve[];
    readonly policies: readonly CarbonContender[];
    readonly slowdowns: readonly number[];
    readonly modes: readonly CarbonMode[];
    /** Random starts of `tuned`; `held` has one run a day. */
    readonly starts: number;
    readonly seed: string;
    readonly onProgress?: (progress: {
        readonly done: number;
        readonly total: number;
        readonly name: string;
    }) => void;
}
export declare function simulateCarbon(options: CarbonOptions): CarbonReport;
//# sourceMappingURL=carbon.d.ts.map