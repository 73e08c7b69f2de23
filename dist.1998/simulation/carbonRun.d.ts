/** One run of a job on a grid: as much work as takes so many hours at the highest limit, and a limit that is set on the hour. */
import type { PowerMeasurement } from '../policy/facts';
import type { CarbonCurve } from './carbonCurves';
/** What a run is when it goes at the highest limit throughout; 24 hours is the protocol. */
export declare const workHours = 24;
export interface RunFigures {
    readonly hours: number;
    readonly grams: number;
}
/** The limit for the hour; `workLeft` in hours at the highest limit, `elapsed` since the start. */
export type Chooser = (hour: number, workLeft: number, elapsed: number) => PowerMeasurement;
/** Grid of a zone and GPU, and how much faster than the highest limit each other one is. */
export interface Ground {
    readonly curve: CarbonCurve;
    readonly gramsPerKwh: readonly number[];
}
export declare function top({ profile }: CarbonCurve): PowerMeasurement;
/** Work of an hour at this limit, in hours at the highest one. */
export declare function speedOf(curve: CarbonCurve, { secondsPerEpoch }: PowerMeasurement): number;
export declare function gramsAt({ gramsPerKwh }: Ground, hour: number): number;
/** Whole hours from `start` on, the last one in part. */
export declare function playRun(ground: Ground, start: number, choose: Chooser): RunFigures;
export declare function slowdownOf({ hours }: RunFigures): number;
//# sourceMappingURL=carbonRun.d.ts.map