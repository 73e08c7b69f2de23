/** The run of least grams plus price times hours, knowing every hour to come. Exact: tested against a linear program. */
import type { Corner } from './carbonCaps';
import { type Ground, type RunFigures } from './carbonRun';
export interface KnownGrid {
    readonly ground: Ground;
    /** Of the lower convex hull of power over speed, the slowest first. */
    readonly corners: readonly Corner[];
    readonly start: number;
}
/**
 * `price` in grams an hour. Within an hour the cost is convex in the time that the run takes, but a cleaner hour may follow a dirtier
 * one, so later ends are looked at too, wherever a bound of Lagrange's lets them be better.
 */
export declare function bestRun(known: KnownGrid, price: number): RunFigures;
//# sourceMappingURL=carbonBestRun.d.ts.map