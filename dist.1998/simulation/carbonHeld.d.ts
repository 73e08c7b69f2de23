import { type Played } from './carbonPolicies';
import { type RunFigures } from './carbonRun';
/** Starts of the year to learn from, and of the year that counts. */
export interface Years {
    readonly first: readonly number[];
    readonly second: readonly number[];
}
export declare function playHeld(played: Played, years: Years, slowdown: number): readonly RunFigures[];
//# sourceMappingURL=carbonHeld.d.ts.map