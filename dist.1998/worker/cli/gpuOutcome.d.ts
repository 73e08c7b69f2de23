/** What `wattbandit gpu restore` says of one GPU, and how it ends. */
import { type Restored } from '../../activities/gpu/lease/outcome';
import type { LeaseListing } from '../../activities/gpu/lease/recover';
import { type ExitCode } from './failures';
/** What became of one GPU, or would. */
export type Outcome = Restored | Held | {
    readonly kind: 'nothing';
    readonly uuid: string;
};
/** A living run's, which puts it back itself. */
interface Held {
    readonly kind: 'held';
    readonly uuid: string;
    readonly runId: string | null;
    readonly pid: number | null;
    readonly originalWatts: number | null;
}
export declare function heldBy({ uuid, holder, originalWatts }: Pick<LeaseListing, 'uuid' | 'holder' | 'originalWatts'>): Held;
export declare function sayOutcome(outcome: Outcome, dryRun: boolean): string;
export declare function isNews({ kind }: Outcome): boolean;
/** 6 while a limit is still to be put back, 9 where a person has to decide, else 0. */
export declare function exitCodeFor(outcomes: readonly Outcome[]): ExitCode;
export {};
//# sourceMappingURL=gpuOutcome.d.ts.map