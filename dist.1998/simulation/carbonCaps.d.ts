/** The best constant power of a slow-down: a cap, or two neighbouring ones in turn. */
import { type Ground, type RunFigures } from './carbonRun';
import type { CarbonCurve } from './carbonCurves';
/** A corner of the least power at which a speed can be had. */
export interface Corner {
    readonly speed: number;
    readonly watts: number;
}
/** Lower convex hull of power over speed, the slowest first: between two corners one lets the two limits take turns. */
export declare function cornersOf(curve: CarbonCurve): readonly Corner[];
export declare function wattsAtSpeed(corners: readonly Corner[], speed: number): number;
/** Every run exactly this much slower. */
export declare function playCapped(ground: Ground, starts: readonly number[], slowdown: number): readonly RunFigures[];
/** The longest that a run may take here, in hours. */
export declare function longestHours(curve: CarbonCurve): number;
//# sourceMappingURL=carbonCaps.d.ts.map