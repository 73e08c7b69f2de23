/** Speed and draw of a GPU at every 5 W, out of measurements 25 W apart: monotone, and smooth in between. */
import type { PowerMeasurement } from '../policy/facts';
import type { PowerRow } from './traceRows';
/** One job, batch size and GPU. The profile ascends by limit. */
export interface CarbonCurve {
    readonly name: string;
    readonly profile: readonly PowerMeasurement[];
}
export declare function curveOf(name: string, rows: readonly PowerRow[]): CarbonCurve;
/**
 * The cubic through (x, y) that rises only where they rise: Fritsch and Carlson's, with Brodlie's weighted harmonic mean as the
 * slope (SIAM J. Numer. Anal. 17(2), 1980), and a one-sided parabola at the ends.
 */
export declare function monotoneCubic(xs: readonly number[], ys: readonly number[]): (x: number) => number;
//# sourceMappingURL=carbonCurves.d.ts.map