/** What follows from what a run recorded of its grid. */
import type { GridRecord, LimitSpeed } from './facts';
/** Mean over the run's time; null of a run that took none. */
export declare function meanEta({ intervals }: GridRecord): number | null;
/**
 * How much longer the run took than it would have at its fastest limit, as a share: 0.025 is 2.5 %. Null where a limit that it held was
 * not measured.
 */
export declare function slowdownOf({ limits, profile }: GridRecord): number | null;
export declare function fastestOf(profile: readonly LimitSpeed[]): LimitSpeed | undefined;
//# sourceMappingURL=gridRecord.d.ts.map