import type { Years } from './carbonHeld';
import type { CarbonSeries } from './carbonSeries';
/** Random hours of all usable data; `longestHours` is how long a run may take. */
export declare function randomStarts(series: CarbonSeries, count: number, options: {
    longestHours: number;
    seed: string;
}): readonly number[];
/** One run a day, at an hour of its own. Of less than two years the halves stand for them. */
export declare function dailyStarts(series: CarbonSeries, options: {
    longestHours: number;
    seed: string;
}): Years;
/** To the same day of the next year. */
export declare function firstYearHours({ beginsAt }: CarbonSeries): number;
//# sourceMappingURL=carbonStarts.d.ts.map