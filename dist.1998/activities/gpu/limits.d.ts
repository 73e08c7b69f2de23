/** Which of the many limits a GPU takes are worth choosing from. */
export interface LimitRange {
    readonly minWatts: number;
    readonly maxWatts: number;
}
/**
 * From the highest down in steps of 25 W, or of a multiple on wide ranges, and the lowest; ascending. `site` narrows the range
 * of the hardware; empty where it leaves nothing.
 */
export declare function candidateLimits(hardware: LimitRange, site?: Partial<LimitRange>): readonly number[];
//# sourceMappingURL=limits.d.ts.map